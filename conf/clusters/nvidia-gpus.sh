#!/bin/sh
# Tells Spark which GPUs this host has, as spark.*.resource.gpu.discoveryScript expects it:
#   {"name": "gpu", "addresses": ["0", "1"]}
# CUDA_VISIBLE_DEVICES goes before, where somebody (YARN's device plugin, a container) has shared the GPUs out; the engine
# counts only what it sees, from 0, so the addresses do too.
set -u

if [ -n "${CUDA_VISIBLE_DEVICES:-}" ]; then
    count=$(printf '%s\n' "$CUDA_VISIBLE_DEVICES" | tr ',' '\n' | grep -c '[^[:space:]]')
    addresses=$(seq 0 $((count - 1)))
else
    addresses=$(nvidia-smi --query-gpu=index --format=csv,noheader) || {
        echo "Cannot find GPUs: nvidia-smi failed on $(uname -n)" >&2
        exit 1
    }
fi
[ -n "$addresses" ] || {
    echo "Cannot find GPUs: nvidia-smi lists none on $(uname -n)" >&2
    exit 1
}
printf '{"name": "gpu", "addresses": [%s]}\n' \
    "$(printf '%s\n' "$addresses" | sed 's/[[:space:]]//g; s/.*/"&"/' | tr '\n' ',' | sed 's/,$//')"
