#!/bin/sh
# Prints the GPUs of this host in the form that spark.*.resource.gpu.discoveryScript expects:
#   {"name": "gpu", "addresses": ["0", "1"]}
# If CUDA_VISIBLE_DEVICES is set (by YARN's device plugin or a container), it decides which GPUs count. The engine numbers
# the GPUs that it sees from 0, so the addresses do too.
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
