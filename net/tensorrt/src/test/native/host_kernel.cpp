// The kernel of affine_pass.cu as C++ for the host: a test aid. The names that CUDA gives a kernel are ordinary ones here, and
// its threads run one after the other, which they may, since none waits for another. Called by host_cuda.c, or by itself.
struct Position {
    unsigned x, y, z;
};
static thread_local Position threadIdx, blockIdx, blockDim, gridDim;
#define __device__
#define __global__
#define __launch_bounds__(threads)
#define LOAD(address) (*(address))
#define KEEP_LOOP
#include "affine_pass.cu"

static_assert(sizeof(Pass) == 208, "PassEntry.java writes as many bytes");

extern "C" void avocet_host_kernel_affine_pass(unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                                               void** arguments) {
    gridDim = {gx, gy, gz};
    blockDim = {bx, by, bz};
    const Pass* passes = *(const Pass**)arguments[0];
    for (blockIdx.z = 0; blockIdx.z < gz; blockIdx.z++)
        for (blockIdx.y = 0; blockIdx.y < gy; blockIdx.y++)
            for (blockIdx.x = 0; blockIdx.x < gx; blockIdx.x++)
                for (threadIdx.y = 0; threadIdx.y < by; threadIdx.y++)
                    for (threadIdx.x = 0; threadIdx.x < bx; threadIdx.x++) affine_pass(passes);
}
