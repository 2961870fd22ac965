// Preprocessing on the GPU: passes (dev.avocet.core.preprocess.AffinePass) from pictures as they are stored into a network's
// input. Compiled at run time by NVRTC (AffineKernel.java), and by g++ for the tests (src/test/native/host_kernel.cpp), so
// without includes and in the C++ that both take.
//
// The arithmetic is that of the definition, preprocess's PlainExecutor, integer by integer and float by float: OpenCV's on
// 8 bits. What can be known before is computed by the host, once a row or column: where a target pixel reads, and with which
// weights (PassTables.java). A thread makes all channels of a few pixels of one column, so that a warp writes whole lines.
// What is asked about a pass is asked once a thread, and the same for all threads of a block.
//
// Must not be compiled with fused multiply-add, which rounds once where the definition rounds twice.

// As PassEntry.java writes it. Addresses are the GPU's.
struct Pass {
    // Of what is read first: a packed or grey pixel, or luma; then of U and V.
    unsigned long long plane[3];
    unsigned long long target;
    // What is read for each column and each row of the kept part.
    unsigned long long across;
    unsigned long long down;
    // Bytes from row to row, and from pixel to pixel; those of U and V for every second column.
    int stride[3];
    int step;
    int chromaStep;
    // 1 where U and V are stored for pairs of rows.
    int chromaShift;
    // Byte of a packed pixel that is red: 0 or 2.
    int red;
    int reader;
    int method;
    // Taps, pixels of a mean across and down, or slots of a row of weights.
    int count;
    int countDown;
    // From a pixel of the window to a stored one: column = columns[0] x + columns[1] y + columns[2].
    int columns[3];
    int rows[3];
    int left, top, keptWidth, keptHeight, width, height;
    int padMode;
    int channels;
    int interleaved;
    int type;
    // For each channel of the target: of blue, green and red, or of grey alone.
    int pick[3];
    float mean[3];
    float scale[3];
    float pad[3];
};

enum { PACKED, YUV, GREY, GREY_OF_PACKED };
enum { POINT, LINEAR, TAPS, MEAN, COVER };
enum { CONSTANT, EDGE, REFLECT, SYMMETRIC };
enum { FLOAT32, FLOAT16, UINT8 };

// Most channels of a target. Loops run to here, not to how many there are: an index that only the run tells would move what it
// counts out of registers.
#define MOST 3

typedef const unsigned char* Bytes;

// Pictures are only read, which the GPU is told; a host that pretends to be one defines it as a plain read.
#ifndef LOAD
#define LOAD(address) __ldg(address)
#endif

// Before loops that would only make the code longer, and its compilation, if they were unrolled.
#ifndef KEEP_LOOP
#define KEEP_LOOP _Pragma("unroll 1")
#endif

__device__ static inline int limit(int value) {
    return value < 0 ? 0 : value > 255 ? 255 : value;
}

__device__ static inline Bytes at(const Pass& pass, int plane, int row, int column, int step) {
    return (Bytes)pass.plane[plane] + (long long)row * pass.stride[plane] + (long long)column * step;
}

// ---- readers: a stored pixel as blue, green, red, or as grey

struct PackedReader {
    enum { CHANNELS = 3 };
    __device__ static void read(const Pass& pass, int column, int row, int* to) {
        Bytes pixel = at(pass, 0, row, column, pass.step);
        to[0] = LOAD(pixel + 2 - pass.red);
        to[1] = LOAD(pixel + 1);
        to[2] = LOAD(pixel + pass.red);
    }
};

// BT.601 in limited range, 20-bit fixed point, as cvtColor.
struct YuvReader {
    enum { CHANNELS = 3 };
    __device__ static void read(const Pass& pass, int column, int row, int* to) {
        int y = LOAD(at(pass, 0, row, column, pass.step)) - 16;
        int u = LOAD(at(pass, 1, row >> pass.chromaShift, column >> 1, pass.chromaStep)) - 128;
        int v = LOAD(at(pass, 2, row >> pass.chromaShift, column >> 1, pass.chromaStep)) - 128;
        int luma = (y < 0 ? 0 : y) * 1220542 + (1 << 19);
        to[0] = limit((luma + 2116026 * u) >> 20);
        to[1] = limit((luma - 852492 * v - 409993 * u) >> 20);
        to[2] = limit((luma + 1673527 * v) >> 20);
    }
};

struct GreyReader {
    enum { CHANNELS = 1 };
    __device__ static void read(const Pass& pass, int column, int row, int* to) {
        to[0] = LOAD(at(pass, 0, row, column, pass.step));
    }
};

// 15-bit fixed point, as cvtColor.
struct GreyOfPackedReader {
    enum { CHANNELS = 1 };
    __device__ static void read(const Pass& pass, int column, int row, int* to) {
        int colour[3];
        PackedReader::read(pass, column, row, colour);
        to[0] = (colour[0] * 3735 + colour[1] * 19235 + colour[2] * 9798 + (1 << 14)) >> 15;
    }
};

// A pixel of the window.
template <class Reader>
__device__ static inline void read(const Pass& pass, int x, int y, int* to) {
    Reader::read(pass, pass.columns[0] * x + pass.columns[1] * y + pass.columns[2],
                 pass.rows[0] * x + pass.rows[1] * y + pass.rows[2], to);
}

// ---- methods: a pixel of the kept part from those of the window

// The same pixel, or the nearest. A row of the table: where.
struct Point {
    template <class Reader>
    __device__ static void sample(const Pass& pass, int u, int v, int* value) {
        read<Reader>(pass, ((const int*)pass.across)[u], ((const int*)pass.down)[v], value);
    }
};

// A weighted sum of 2 x 2 pixels, weights of 11 bits, rounded as OpenCV does it for 16-bit vectors: the high halves of
// products. A row of the table: where and weight, twice.
struct Linear {
    template <class Reader>
    __device__ static void sample(const Pass& pass, int u, int v, int* value) {
        const int* across = (const int*)pass.across + 4 * u;
        const int* down = (const int*)pass.down + 4 * v;
        int total[Reader::CHANNELS] = {};
        for (int j = 0; j < 2; j++) {
            int left[Reader::CHANNELS], right[Reader::CHANNELS];
            read<Reader>(pass, across[0], down[2 * j], left);
            read<Reader>(pass, across[2], down[2 * j], right);
            for (int c = 0; c < Reader::CHANNELS; c++) {
                int row = across[1] * left[c] + across[3] * right[c];
                total[c] += (down[2 * j + 1] * (row >> 4)) >> 16;
            }
        }
        for (int c = 0; c < Reader::CHANNELS; c++) value[c] = limit((total[c] + 2) >> 2);
    }
};

// A weighted sum of 4 x 4 or 8 x 8 pixels. A row of the table: where and weight, so many times.
struct Taps {
    template <class Reader>
    __device__ static void sample(const Pass& pass, int u, int v, int* value) {
        const int* across = (const int*)pass.across + 2 * pass.count * u;
        const int* down = (const int*)pass.down + 2 * pass.count * v;
        int total[Reader::CHANNELS] = {};
        KEEP_LOOP
        for (int j = 0; j < pass.count; j++) {
            int row[Reader::CHANNELS] = {};
            KEEP_LOOP
            for (int i = 0; i < pass.count; i++) {
                int pixel[Reader::CHANNELS];
                read<Reader>(pass, across[2 * i], down[2 * j], pixel);
                for (int c = 0; c < Reader::CHANNELS; c++) row[c] += across[2 * i + 1] * pixel[c];
            }
            for (int c = 0; c < Reader::CHANNELS; c++) total[c] += down[2 * j + 1] * row[c];
        }
        for (int c = 0; c < Reader::CHANNELS; c++) value[c] = limit((total[c] + (1 << 21)) >> 22);
    }
};

// The mean of count x countDown pixels, ties up. A row of the table: the first.
struct Mean {
    template <class Reader>
    __device__ static void sample(const Pass& pass, int u, int v, int* value) {
        int x = ((const int*)pass.across)[u];
        int y = ((const int*)pass.down)[v];
        int total[Reader::CHANNELS] = {};
        KEEP_LOOP
        for (int j = 0; j < pass.countDown; j++) {
            KEEP_LOOP
            for (int i = 0; i < pass.count; i++) {
                int pixel[Reader::CHANNELS];
                read<Reader>(pass, x + i, y + j, pixel);
                for (int c = 0; c < Reader::CHANNELS; c++) total[c] += pixel[c];
            }
        }
        unsigned n = pass.count * pass.countDown;
        for (int c = 0; c < Reader::CHANNELS; c++) value[c] = (2 * (unsigned)total[c] + n) / (2 * n);
    }
};

// The mean of pixels by how much of each is covered, in double as the definition. A row of the table, of count and
// countDown slots of 8 bytes: the first and how many, as two ints; then the weight of each.
struct Cover {
    template <class Reader>
    __device__ static void sample(const Pass& pass, int u, int v, int* value) {
        const double* across = (const double*)pass.across + (long long)pass.count * u;
        const double* down = (const double*)pass.down + (long long)pass.countDown * v;
        int x = ((const int*)across)[0], columns = ((const int*)across)[1];
        int y = ((const int*)down)[0], rows = ((const int*)down)[1];
        double total[Reader::CHANNELS] = {};
        double weights = 0;
        KEEP_LOOP
        for (int j = 0; j < rows; j++) {
            KEEP_LOOP
            for (int i = 0; i < columns; i++) {
                int pixel[Reader::CHANNELS];
                read<Reader>(pass, x + i, y + j, pixel);
                double weight = down[1 + j] * across[1 + i];
                for (int c = 0; c < Reader::CHANNELS; c++) total[c] += weight * pixel[c];
                weights += weight;
            }
        }
        for (int c = 0; c < Reader::CHANNELS; c++) value[c] = (int)(total[c] / weights + 0.5);
    }
};

// ---- the target

// What stands at i of a row of so many: a position in it, or -1 for the pad value.
__device__ static inline int within(int i, int length, int mode) {
    if (i >= 0 && i < length) return i;
    if (mode == CONSTANT) return -1;
    if (mode == EDGE) return i < 0 ? 0 : length - 1;
    int period = mode == SYMMETRIC ? 2 * length : length > 1 ? 2 * length - 2 : 1;
    int rest = i % period;
    if (rest < 0) rest += period;
    return rest < length ? rest : mode == SYMMETRIC ? period - 1 - rest : period - rest;
}

// IEEE 754 binary16, to nearest, ties to even.
__device__ static inline unsigned short half(float value) {
    union {
        float number;
        unsigned bits;
    } u;
    u.number = value;
    unsigned sign = u.bits >> 16 & 0x8000, magnitude = u.bits & 0x7fffffff;
    if (magnitude > 0x7f800000) return sign | 0x7e00;
    if (magnitude >= 0x477ff000) return sign | 0x7c00;
    if (magnitude >= 0x38800000) return sign | (magnitude - 0x38000000 + 0xfff + (magnitude >> 13 & 1)) >> 13;
    if (magnitude < 0x33000000) return sign;
    // Below 2^-14 the unit is 2^-24.
    unsigned shift = 126 - (magnitude >> 23), digits = (magnitude & 0x7fffff) | 0x800000;
    unsigned whole = digits >> shift, rest = digits & ((1u << shift) - 1), tie = 1u << (shift - 1);
    return sign | (whole + (rest > tie || (rest == tie && (whole & 1))));
}

__device__ static inline void write(const Pass& pass, int x, int y, int c, float value) {
    unsigned long long pixel = (unsigned long long)y * pass.width + x;
    unsigned long long i =
        pass.interleaved ? pixel * pass.channels + c : (unsigned long long)pass.width * pass.height * c + pixel;
    if (pass.type == FLOAT32) {
        ((float*)pass.target)[i] = value;
    } else if (pass.type == FLOAT16) {
        ((unsigned short*)pass.target)[i] = half(value);
    } else {
        ((unsigned char*)pass.target)[i] = (unsigned char)(int)value;
    }
}

template <class Method>
__device__ static inline void sample(const Pass& pass, int u, int v, int* value) {
    switch (pass.reader) {
        case PACKED: return Method::template sample<PackedReader>(pass, u, v, value);
        case YUV: return Method::template sample<YuvReader>(pass, u, v, value);
        case GREY: return Method::template sample<GreyReader>(pass, u, v, value);
        default: return Method::template sample<GreyOfPackedReader>(pass, u, v, value);
    }
}

__device__ static inline void sample(const Pass& pass, int u, int v, int* value) {
    switch (pass.method) {
        case POINT: return sample<Point>(pass, u, v, value);
        case LINEAR: return sample<Linear>(pass, u, v, value);
        case TAPS: return sample<Taps>(pass, u, v, value);
        case MEAN: return sample<Mean>(pass, u, v, value);
        default: return sample<Cover>(pass, u, v, value);
    }
}

// Fills entry blockIdx.z of a batch.
extern "C" __global__ void __launch_bounds__(256) affine_pass(const Pass* __restrict__ passes) {
    const Pass& pass = passes[blockIdx.z];
    int x = blockIdx.x * blockDim.x + threadIdx.x;
    if (x >= pass.width) return;
    int u = within(x - pass.left, pass.keptWidth, pass.padMode);
    KEEP_LOOP
    for (int y = blockIdx.y * blockDim.y + threadIdx.y; y < pass.height; y += gridDim.y * blockDim.y) {
        int v = within(y - pass.top, pass.keptHeight, pass.padMode);
        bool pad = u < 0 || v < 0;
        int value[MOST] = {};
        if (!pad) sample(pass, u, v, value);
        for (int c = 0; c < MOST; c++) {
            int picked = pass.pick[c] == 2 ? value[2] : pass.pick[c] == 1 ? value[1] : value[0];
            float made = pad ? pass.pad[c] : (picked - pass.mean[c]) * pass.scale[c];
            if (c < pass.channels) write(pass, x, y, c, made);
        }
    }
}
