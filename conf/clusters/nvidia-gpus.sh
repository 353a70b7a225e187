#!/bin/sh
# Prints the GPUs of this host in the form that spark.*.resource.gpu.discoveryScript expects:
#   {"name": "gpu", "addresses": ["0", "1"]}
# If CUDA_VISIBLE_DEVICES is set (by a user, YARN's device plugin or a container), it decides which GPUs count. The engine
# numbers the GPUs that it sees from 0, so the addresses do too. GPUs that other programs compute on are named in one line
# on standard error. Without a GPU, the exit code is 1 and the line says why.
# `--gpus` runs this script too, unless NARROWS_GPU_DISCOVERY names another.
set -u

fail() {
    echo "$1" >&2
    exit 1
}

listed=
if command -v nvidia-smi >/dev/null 2>&1; then
    listed=$(nvidia-smi --query-gpu=index,pci.bus_id --format=csv,noheader 2>&1) ||
        fail "nvidia-smi failed on $(uname -n): $(printf '%s\n' "$listed" | head -n 1)"
    [ -n "$listed" ] || fail "nvidia-smi lists no GPU on $(uname -n)"
elif [ -z "${CUDA_VISIBLE_DEVICES:-}" ]; then
    fail "there is no NVIDIA driver on $(uname -n) (nvidia-smi was not found)"
fi

if [ "${CUDA_VISIBLE_DEVICES+set}" = set ]; then
    # CUDA sees the GPUs that are named before the first wrong or negative name.
    count=$(printf '%s\n' "$CUDA_VISIBLE_DEVICES" | tr ',' '\n' |
        awk '{ gsub(/[[:space:]]/, "") } $0 == "" || /^-/ { exit } { count++ } END { print count + 0 }')
    [ "$count" -gt 0 ] || fail "CUDA_VISIBLE_DEVICES='$CUDA_VISIBLE_DEVICES' hides every GPU of $(uname -n)"
    addresses=$(seq 0 $((count - 1)))
    here=$(printf '%s\n' "$listed" | grep -c .)
    [ "$count" -ge "$here" ] ||
        echo "CUDA_VISIBLE_DEVICES=$CUDA_VISIBLE_DEVICES hides $((here - count)) of the $here GPUs of $(uname -n)" >&2
else
    addresses=$(printf '%s\n' "$listed" | cut -d, -f1)
fi

programs=
[ -z "$listed" ] ||
    programs=$(nvidia-smi --query-compute-apps=gpu_bus_id,pid,process_name --format=csv,noheader 2>/dev/null)
if [ -n "$programs" ]; then
    {
        printf '%s\n' "$listed" | sed 's/^/gpu,/'
        printf '%s\n' "$programs" | sed 's/^/program,/'
    } | awk -F ' *, *' -v visible="${CUDA_VISIBLE_DEVICES:-}" '
        BEGIN {
            hides = visible ~ /^[0-9, ]+$/
            for (i = split(visible, names, / *, */); i > 0; i--) address[names[i]] = i - 1
        }
        $1 == "gpu" && NF == 3 && (!hides || $2 in address) { gpu[$3] = hides ? address[$2] : $2 }
        $1 == "program" && $2 in gpu {
            name = $4
            sub(/.*\//, "", name)
            if (gpu[$2] in busy) busy[gpu[$2]] = busy[gpu[$2]] ", "
            busy[gpu[$2]] = busy[gpu[$2]] name " " $3
        }
        END {
            line = ""
            for (number = 0; number < 1000; number++)
                if (number in busy) line = line (line == "" ? "" : ", ") number " (" busy[number] ")"
            if (line != "") print "GPUs that other programs compute on: " line
        }' >&2
fi

printf '{"name": "gpu", "addresses": [%s]}\n' \
    "$(printf '%s\n' "$addresses" | sed 's/[[:space:]]//g; s/.*/"&"/' | tr '\n' ',' | sed 's/,$//')"
