#!/bin/sh
# Prints the GPUs of this host in the form that spark.*.resource.gpu.discoveryScript expects:
#   {"name": "gpu", "addresses": ["0", "1"]}
# If CUDA_VISIBLE_DEVICES is set (by a user, YARN's device plugin or a container), it decides which GPUs count. The engine
# numbers the GPUs that it sees from 0, so the addresses do too. GPUs that other programs compute on are named in one line
# on standard error. Without a GPU, the exit code is 1 and the line says why. CUDA gives a process one instance of a GPU
# in MIG mode, so such a GPU is refused unless there is one instance, or CUDA_VISIBLE_DEVICES names one.
# `--gpus` runs this script too, unless NARROWS_GPU_DISCOVERY names another.
set -u

fail() {
    echo "$1" >&2
    exit 1
}

list() {
    nvidia-smi --query-gpu=index,pci.bus_id,uuid,mig.mode.current --format=csv,noheader
}

listed=
if command -v nvidia-smi >/dev/null 2>&1; then
    listed=$(list 2>/dev/null) || fail "nvidia-smi failed on $(uname -n): $(list 2>&1 | head -n 1)"
    # It may print warnings between the GPUs.
    listed=$(printf '%s\n' "$listed" | sed 's/^[[:space:]]*//' | grep -E '^[0-9]+[[:space:]]*(,|$)')
    [ -n "$listed" ] || fail "nvidia-smi lists no GPU on $(uname -n)"
elif [ -z "${CUDA_VISIBLE_DEVICES:-}" ]; then
    fail "there is no NVIDIA driver on $(uname -n) (nvidia-smi was not found)"
fi

# The visible GPUs in CUDA's order, a line each: index, bus, "Enabled" in MIG mode. CUDA sees the GPUs that are named
# before the first name that is wrong, and nothing behind an instance.
visible=$(printf '%s\n' "$listed" | awk -F ' *, *' -v all="${CUDA_VISIBLE_DEVICES-all}" '
    function place(name,    at, found) {
        if (gpus == 0) return name == "" || name ~ /^-/ ? -1 : 0
        if (name ~ /^[0-9]+$/) return name + 0 < gpus ? name + 0 : -1
        found = -1
        for (at = 0; at < gpus && name ~ /^GPU-/; at++)
            if (substr(uuid[at], 1, length(name)) == name) {
                if (found >= 0) return -1
                found = at
            }
        return found
    }
    BEGIN { gpus = 0 }
    NF > 0 { number[gpus] = $1; bus[gpus] = $2; uuid[gpus] = $3; mig[gpus] = $4; gpus++ }
    END {
        if (all == "all") {
            for (at = 0; at < gpus; at++) print number[at] "," bus[at] "," mig[at]
            exit
        }
        names = split(all, name, ",")
        for (i = 1; i <= names; i++) {
            gsub(/[[:space:]]/, "", name[i])
            if (name[i] ~ /^MIG-/) {
                print "instance,,"
                exit
            }
            at = place(name[i])
            if (at < 0) exit
            print number[at] "," bus[at] "," mig[at]
        }
    }')
[ -n "$visible" ] || fail "CUDA_VISIBLE_DEVICES='${CUDA_VISIBLE_DEVICES:-}' hides every GPU of $(uname -n)"

count=$(printf '%s\n' "$visible" | grep -c .)
here=$(printf '%s\n' "$listed" | grep -c .)
[ "$count" -ge "$here" ] ||
    echo "CUDA_VISIBLE_DEVICES=$CUDA_VISIBLE_DEVICES hides $((here - count)) of the $here GPUs of $(uname -n)" >&2

split=$(printf '%s\n' "$visible" | sed -n 's/,.*,Enabled$//p' | head -n 1)
if [ -n "$split" ]; then
    instances=$(nvidia-smi -L 2>/dev/null | grep -c '^ *MIG ')
    [ "$here" -eq 1 ] && [ "$instances" -eq 1 ] ||
        fail "GPU $split of $(uname -n) is in MIG mode, and CUDA gives a process one instance: name one in CUDA_VISIBLE_DEVICES (nvidia-smi -L lists them), or hide the GPU, or end MIG mode"
fi

programs=
[ -z "$listed" ] ||
    programs=$(nvidia-smi --query-compute-apps=gpu_bus_id,pid,process_name --format=csv,noheader 2>/dev/null)
if [ -n "$programs" ]; then
    {
        printf '%s\n' "$visible" | sed 's/^/gpu,/'
        printf '%s\n' "$programs" | sed 's/^/program,/'
    } | awk -F ' *, *' '
        $1 == "gpu" { address[$3] = gpus++ }
        $1 == "program" && $2 in address {
            name = $4
            sub(/.*\//, "", name)
            number = address[$2]
            if (number in busy) busy[number] = busy[number] ", "
            busy[number] = busy[number] name " " $3
        }
        END {
            line = ""
            for (number = 0; number < gpus; number++)
                if (number in busy) line = line (line == "" ? "" : ", ") number " (" busy[number] ")"
            if (line != "") print "GPUs that other programs compute on: " line
        }' >&2
fi

printf '{"name": "gpu", "addresses": [%s]}\n' \
    "$(seq 0 $((count - 1)) | sed 's/.*/"&"/' | tr '\n' ',' | sed 's/,$//')"
