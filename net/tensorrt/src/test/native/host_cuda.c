// The host-only driver: a test aid, no CUDA. A libcuda.so.1 that does on the host's memory what net/tensorrt asks of the
// driver, so that allocation, copies, streams, events, captures and error paths run on machines without a GPU. It says nothing
// about speed, nor about what a GPU does.
//
// "Memory of the GPU" is memory of the host, and so readable, but copies to and from addresses that were not allocated are
// refused. A stream is a thread with a queue: what is put into it happens later and in order, so a missing wait is seen. All
// functions but those of the driver, its devices and its contexts want a context to be current, as the driver does. A kernel
// is a function avocet_host_kernel_NAME of the library that AVOCET_HOST_CUDA_KERNELS names, called when it is launched, once
// the stream is empty. Constants and signatures: CUDA driver API, 12.6 and 13.1.
//
// Told and asked through the driver's own functions, since the tests bind no others (HostDriver.java):
//   cuCtxSetLimit(1000000, n)       the n-th call from now on that is not one of freeing fails, once; 0: none does
//   cuCtxSetLimit(1000001, code)    with this code, 2 (out of memory) unless told otherwise
//   cuCtxSetLimit(1000002, code)    from now on everything in streams fails with this code, as after a kernel's bad access
//   cuCtxSetLimit(1000003, flag)    whether the GPU shares the host's memory
//   cuDeviceGetAttribute(v, 1000000 + kind, 0)   how many are live (see Kind), or calls since the count was set
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define API __attribute__((visibility("default")))
typedef int Result;
typedef unsigned long long DevicePointer;
enum {
    SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_INITIALIZED = 3, INVALID_DEVICE = 101, INVALID_IMAGE = 200,
    INVALID_CONTEXT = 201, INVALID_HANDLE = 400, NOT_FOUND = 500, NOT_READY = 600, ILLEGAL_ADDRESS = 700,
    CAPTURE_UNSUPPORTED = 900, CAPTURE_INVALIDATED = 901
};
enum Kind { DEVICE, HOST, STREAM, EVENT, MODULE, GRAPH, EXEC, RETAINED, DEPTH, CALLS, KINDS };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int live[KINDS], in_flight, initialised, integrated, sticky, fail_code = OUT_OF_MEMORY;
static long fail_after;

// ---- contexts: one, the primary one, and how often each thread has it on its stack

#define MAX_DEPTH 64
static int the_context;
static __thread void* stack[MAX_DEPTH];
static __thread int depth;

static void* current(void) { return depth ? stack[depth - 1] : NULL; }

// Counts a call and says whether it is the one to fail.
static Result turn(void) {
    pthread_mutex_lock(&lock);
    live[CALLS]++;
    Result result = fail_after > 0 && --fail_after == 0 ? fail_code : SUCCESS;
    pthread_mutex_unlock(&lock);
    return result;
}

static Result in_context(void) {
    if (!initialised) return NOT_INITIALIZED;
    if (!current()) return INVALID_CONTEXT;
    return sticky ? sticky : SUCCESS;
}

#define TURN()                                  \
    do {                                        \
        Result turned = turn();                 \
        if (turned != SUCCESS) return turned;   \
    } while (0)
#define IN_CONTEXT()                            \
    do {                                        \
        Result inside = in_context();           \
        if (inside != SUCCESS) return inside;   \
        TURN();                                 \
    } while (0)
// What frees does not fail on demand, and goes on after an error that stays.
#define FREEING()                               \
    do {                                        \
        if (!initialised) return NOT_INITIALIZED; \
        if (!current()) return INVALID_CONTEXT; \
    } while (0)

static void count(enum Kind kind, int by) {
    pthread_mutex_lock(&lock);
    live[kind] += by;
    pthread_mutex_unlock(&lock);
}

API Result cuInit(unsigned flags) {
    TURN();
    if (flags) return INVALID_VALUE;
    initialised = 1;
    return SUCCESS;
}

API Result cuDriverGetVersion(int* version) {
    *version = 13010;
    return SUCCESS;
}

API Result cuDeviceGetCount(int* n) {
    if (!initialised) return NOT_INITIALIZED;
    *n = 1;
    return SUCCESS;
}

API Result cuDeviceGet(int* device, int index) {
    if (!initialised) return NOT_INITIALIZED;
    if (index) return INVALID_DEVICE;
    *device = 0;
    return SUCCESS;
}

API Result cuDeviceGetName(char* name, int length, int device) {
    if (device) return INVALID_DEVICE;
    snprintf(name, length, "host-only driver");
    return SUCCESS;
}

API Result cuDeviceGetUuid_v2(void* uuid, int device) {
    if (device) return INVALID_DEVICE;
    memset(uuid, 7, 16);
    return SUCCESS;
}

API Result cuDeviceTotalMem_v2(size_t* bytes, int device) {
    if (device) return INVALID_DEVICE;
    *bytes = (size_t)1 << 30;
    return SUCCESS;
}

API Result cuDeviceGetAttribute(int* value, int attribute, int device) {
    if (device) return INVALID_DEVICE;
    if (attribute >= 1000000 && attribute < 1000000 + KINDS) {
        pthread_mutex_lock(&lock);
        *value = attribute - 1000000 == DEPTH ? depth : live[attribute - 1000000];
        pthread_mutex_unlock(&lock);
        return SUCCESS;
    }
    switch (attribute) {
        case 75: *value = 8; break;            // compute capability, major
        case 76: *value = 7; break;            // minor
        case 18: *value = integrated; break;   // integrated
        case 19: *value = 1; break;            // can map host memory
        case 16: *value = 4; break;            // multiprocessors
        case 1: *value = 1024; break;          // threads a block
        default: *value = 0;
    }
    return SUCCESS;
}

API Result cuDevicePrimaryCtxRetain(void** context, int device) {
    TURN();
    if (device) return INVALID_DEVICE;
    count(RETAINED, 1);
    *context = &the_context;
    return SUCCESS;
}

API Result cuDevicePrimaryCtxRelease_v2(int device) {
    if (device || live[RETAINED] == 0) return INVALID_CONTEXT;
    count(RETAINED, -1);
    return SUCCESS;
}

API Result cuCtxPushCurrent_v2(void* context) {
    TURN();
    if (context != &the_context || live[RETAINED] == 0 || depth == MAX_DEPTH) return INVALID_CONTEXT;
    stack[depth++] = context;
    return SUCCESS;
}

API Result cuCtxPopCurrent_v2(void** context) {
    if (!depth) return INVALID_CONTEXT;
    depth--;
    if (context) *context = stack[depth];
    return SUCCESS;
}

API Result cuCtxGetCurrent(void** context) {
    *context = current();
    return SUCCESS;
}

API Result cuCtxSetCurrent(void* context) {
    if (depth) depth--;
    if (context) stack[depth++] = context;
    return SUCCESS;
}

API Result cuCtxSetLimit(int limit, size_t value) {
    if (limit < 1000000) return INVALID_VALUE;
    pthread_mutex_lock(&lock);
    switch (limit) {
        case 1000000: fail_after = (long)value; live[CALLS] = 0; break;
        case 1000001: fail_code = (int)value; break;
        case 1000002: sticky = (int)value; break;
        case 1000003: integrated = (int)value; break;
    }
    pthread_mutex_unlock(&lock);
    return SUCCESS;
}

// ---- memory

typedef struct Block {
    struct Block* next;
    char* start;
    size_t bytes;
    int kind;
} Block;
static Block* blocks;

static Result take(enum Kind kind, size_t bytes, void** memory) {
    if (bytes == 0) return INVALID_VALUE;
    if (bytes > (size_t)1 << 30) return OUT_OF_MEMORY;
    Block* block = malloc(sizeof(Block));
    // 256 bytes of alignment for the GPU, a page for pinned memory.
    if (posix_memalign((void**)&block->start, kind == DEVICE ? 256 : 4096, bytes)) {
        free(block);
        return OUT_OF_MEMORY;
    }
    memset(block->start, 0xa5, bytes);
    block->bytes = bytes;
    block->kind = kind;
    pthread_mutex_lock(&lock);
    block->next = blocks;
    blocks = block;
    live[kind]++;
    pthread_mutex_unlock(&lock);
    *memory = block->start;
    return SUCCESS;
}

// Waits for all streams first, as the driver does.
static Result give(enum Kind kind, void* memory) {
    pthread_mutex_lock(&lock);
    while (in_flight) pthread_cond_wait(&changed, &lock);
    for (Block** at = &blocks; *at; at = &(*at)->next) {
        Block* block = *at;
        if (block->start == memory && block->kind == (int)kind) {
            *at = block->next;
            live[kind]--;
            pthread_mutex_unlock(&lock);
            free(block->start);
            free(block);
            return SUCCESS;
        }
    }
    pthread_mutex_unlock(&lock);
    return INVALID_VALUE;
}

// Whether the bytes lie in one block; pinned memory is the GPU's as well, since all of it is mapped.
static int reachable(DevicePointer from, size_t bytes) {
    char* start = (char*)(uintptr_t)from;
    pthread_mutex_lock(&lock);
    Block* block = blocks;
    while (block && !(start >= block->start && start + bytes <= block->start + block->bytes)) block = block->next;
    pthread_mutex_unlock(&lock);
    return block != NULL;
}

API Result cuMemAlloc_v2(DevicePointer* address, size_t bytes) {
    IN_CONTEXT();
    void* memory;
    Result result = take(DEVICE, bytes, &memory);
    if (result == SUCCESS) *address = (DevicePointer)(uintptr_t)memory;
    return result;
}

API Result cuMemFree_v2(DevicePointer address) {
    FREEING();
    return give(DEVICE, (void*)(uintptr_t)address);
}

API Result cuMemHostAlloc(void** memory, size_t bytes, unsigned flags) {
    (void)flags;
    IN_CONTEXT();
    return take(HOST, bytes, memory);
}

API Result cuMemFreeHost(void* memory) {
    FREEING();
    return give(HOST, memory);
}

API Result cuMemHostGetDevicePointer_v2(DevicePointer* address, void* memory, unsigned flags) {
    IN_CONTEXT();
    if (flags || !reachable((DevicePointer)(uintptr_t)memory, 1)) return INVALID_VALUE;
    *address = (DevicePointer)(uintptr_t)memory;
    return SUCCESS;
}

API Result cuMemGetInfo_v2(size_t* left, size_t* total) {
    IN_CONTEXT();
    size_t used = 0;
    pthread_mutex_lock(&lock);
    for (Block* block = blocks; block; block = block->next) used += block->kind == DEVICE ? block->bytes : 0;
    pthread_mutex_unlock(&lock);
    *total = (size_t)1 << 30;
    *left = *total - used;
    return SUCCESS;
}

// ---- streams

typedef struct Op {
    struct Op* next;
    void (*run)(struct Op*);
    uint64_t a, b, c, d;
} Op;

typedef struct {
    Op *first, *last;
} Ops;

typedef struct Stream {
    pthread_t thread;
    Ops queue, captured;
    int capturing, broken, busy, ending;
} Stream;

typedef struct {
    int recorded, pending;
    struct timespec at;
} Event;

static void append(Ops* ops, Op* op) {
    op->next = NULL;
    if (ops->last) ops->last->next = op;
    else ops->first = op;
    ops->last = op;
}

static void clear(Ops* ops) {
    while (ops->first) {
        Op* op = ops->first;
        ops->first = op->next;
        free(op);
    }
    ops->last = NULL;
}

static void* work(void* argument) {
    Stream* stream = argument;
    pthread_mutex_lock(&lock);
    for (;;) {
        Op* op = stream->queue.first;
        if (!op && stream->ending) break;
        if (!op) {
            pthread_cond_wait(&changed, &lock);
            continue;
        }
        stream->queue.first = op->next;
        if (!op->next) stream->queue.last = NULL;
        stream->busy = 1;
        pthread_mutex_unlock(&lock);
        op->run(op);
        free(op);
        pthread_mutex_lock(&lock);
        stream->busy = 0;
        in_flight--;
        pthread_cond_broadcast(&changed);
    }
    pthread_mutex_unlock(&lock);
    free(stream);
    return NULL;
}

static Result put(Stream* stream, void (*run)(Op*), uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
    if (!stream) return INVALID_HANDLE;
    Op* op = malloc(sizeof(Op));
    *op = (Op){NULL, run, a, b, c, d};
    pthread_mutex_lock(&lock);
    append(stream->capturing ? &stream->captured : &stream->queue, op);
    in_flight += !stream->capturing;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return SUCCESS;
}

static void drain(Stream* stream) {
    pthread_mutex_lock(&lock);
    while (stream->queue.first || stream->busy) pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
}

API Result cuStreamCreate(Stream** stream, unsigned flags) {
    (void)flags;
    IN_CONTEXT();
    Stream* made = calloc(1, sizeof(Stream));
    pthread_create(&made->thread, NULL, work, made);
    pthread_detach(made->thread);
    count(STREAM, 1);
    *stream = made;
    return SUCCESS;
}

// As the driver's: returns at once, and the work goes on.
API Result cuStreamDestroy_v2(Stream* stream) {
    FREEING();
    if (!stream) return INVALID_HANDLE;
    clear(&stream->captured);
    pthread_mutex_lock(&lock);
    live[STREAM]--;
    stream->ending = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return SUCCESS;
}

API Result cuStreamSynchronize(Stream* stream) {
    IN_CONTEXT();
    if (!stream) return INVALID_HANDLE;
    if (stream->capturing) {
        stream->broken = 1;
        return CAPTURE_UNSUPPORTED;
    }
    drain(stream);
    return sticky;
}

API Result cuStreamQuery(Stream* stream) {
    IN_CONTEXT();
    pthread_mutex_lock(&lock);
    int idle = !stream->queue.first && !stream->busy;
    pthread_mutex_unlock(&lock);
    return idle ? SUCCESS : NOT_READY;
}

static void copy(Op* op) {
    // Late enough that a reader who does not wait reads what was there before.
    nanosleep(&(struct timespec){0, 200000}, NULL);
    if (!sticky) memcpy((void*)(uintptr_t)op->a, (void*)(uintptr_t)op->b, op->c);
}

static void fill(Op* op) {
    if (!sticky) memset((void*)(uintptr_t)op->a, (int)op->b, op->c);
}

API Result cuMemcpyHtoDAsync_v2(DevicePointer to, const void* from, size_t bytes, Stream* stream) {
    IN_CONTEXT();
    if (!reachable(to, bytes)) return INVALID_VALUE;
    return put(stream, copy, to, (uintptr_t)from, bytes, 0);
}

API Result cuMemcpyDtoHAsync_v2(void* to, DevicePointer from, size_t bytes, Stream* stream) {
    IN_CONTEXT();
    if (!reachable(from, bytes)) return INVALID_VALUE;
    return put(stream, copy, (uintptr_t)to, from, bytes, 0);
}

API Result cuMemcpyDtoDAsync_v2(DevicePointer to, DevicePointer from, size_t bytes, Stream* stream) {
    IN_CONTEXT();
    if (!reachable(to, bytes) || !reachable(from, bytes)) return INVALID_VALUE;
    return put(stream, copy, to, from, bytes, 0);
}

API Result cuMemsetD8Async(DevicePointer to, unsigned char value, size_t bytes, Stream* stream) {
    IN_CONTEXT();
    if (!reachable(to, bytes)) return INVALID_VALUE;
    return put(stream, fill, to, value, bytes, 0);
}

API Result cuMemcpyHtoD_v2(DevicePointer to, const void* from, size_t bytes) {
    IN_CONTEXT();
    if (!reachable(to, bytes)) return INVALID_VALUE;
    memcpy((void*)(uintptr_t)to, from, bytes);
    return SUCCESS;
}

API Result cuMemcpyDtoH_v2(void* to, DevicePointer from, size_t bytes) {
    IN_CONTEXT();
    if (!reachable(from, bytes)) return INVALID_VALUE;
    memcpy(to, (void*)(uintptr_t)from, bytes);
    return SUCCESS;
}

// ---- callbacks

static void call_back(Op* op) {
    ((void (*)(void*, Result, void*))(uintptr_t)op->a)((void*)(uintptr_t)op->b, sticky, (void*)(uintptr_t)op->c);
}

static void call_host(Op* op) {
    // Not called after an error: so it stands in the driver's documentation.
    if (!sticky) ((void (*)(void*))(uintptr_t)op->a)((void*)(uintptr_t)op->b);
}

API Result cuStreamAddCallback(Stream* stream, void* function, void* data, unsigned flags) {
    IN_CONTEXT();
    if (flags || !function) return INVALID_VALUE;
    if (stream && stream->capturing) return CAPTURE_UNSUPPORTED;
    return put(stream, call_back, (uintptr_t)function, (uintptr_t)stream, (uintptr_t)data, 0);
}

API Result cuLaunchHostFunc(Stream* stream, void* function, void* data) {
    IN_CONTEXT();
    if (!function) return INVALID_VALUE;
    return put(stream, call_host, (uintptr_t)function, (uintptr_t)data, 0, 0);
}

// ---- events

API Result cuEventCreate(Event** event, unsigned flags) {
    (void)flags;
    IN_CONTEXT();
    *event = calloc(1, sizeof(Event));
    count(EVENT, 1);
    return SUCCESS;
}

static void happen(Op* op) {
    Event* event = (Event*)(uintptr_t)op->a;
    pthread_mutex_lock(&lock);
    clock_gettime(CLOCK_MONOTONIC, &event->at);
    event->pending--;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

API Result cuEventRecord(Event* event, Stream* stream) {
    IN_CONTEXT();
    if (!event) return INVALID_HANDLE;
    if (stream && stream->capturing) return CAPTURE_UNSUPPORTED;
    pthread_mutex_lock(&lock);
    event->recorded = 1;
    event->pending++;
    pthread_mutex_unlock(&lock);
    return put(stream, happen, (uintptr_t)event, 0, 0, 0);
}

API Result cuEventQuery(Event* event) {
    IN_CONTEXT();
    return event->pending ? NOT_READY : SUCCESS;
}

API Result cuEventSynchronize(Event* event) {
    IN_CONTEXT();
    if (!event) return INVALID_HANDLE;
    pthread_mutex_lock(&lock);
    while (event->pending) pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    return sticky;
}

API Result cuEventElapsedTime_v2(float* ms, Event* from, Event* to) {
    IN_CONTEXT();
    if (!from->recorded || !to->recorded) return INVALID_HANDLE;
    if (from->pending || to->pending) return NOT_READY;
    *ms = (float)((to->at.tv_sec - from->at.tv_sec) * 1e3 + (to->at.tv_nsec - from->at.tv_nsec) / 1e6);
    return SUCCESS;
}

API Result cuEventElapsedTime(float* ms, Event* from, Event* to) { return cuEventElapsedTime_v2(ms, from, to); }

API Result cuEventDestroy_v2(Event* event) {
    FREEING();
    if (!event) return INVALID_HANDLE;
    pthread_mutex_lock(&lock);
    while (event->pending) pthread_cond_wait(&changed, &lock);
    live[EVENT]--;
    pthread_mutex_unlock(&lock);
    free(event);
    return SUCCESS;
}

API Result cuStreamWaitEvent(Stream* stream, Event* event, unsigned flags) {
    (void)flags;
    // Stricter in time than the driver, and the same in order.
    Result result = cuEventSynchronize(event);
    return result != SUCCESS || stream ? result : INVALID_HANDLE;
}

// ---- captures and graphs: calls that are put into the stream again

API Result cuStreamBeginCapture_v2(Stream* stream, int mode) {
    (void)mode;
    IN_CONTEXT();
    if (!stream || stream->capturing) return INVALID_HANDLE;
    stream->capturing = 1;
    stream->broken = 0;
    return SUCCESS;
}

API Result cuStreamEndCapture(Stream* stream, Ops** graph) {
    FREEING();
    if (!stream || !stream->capturing) return INVALID_HANDLE;
    // It ends in any case.
    stream->capturing = 0;
    *graph = NULL;
    Result result = stream->broken ? CAPTURE_INVALIDATED : turn();
    if (result != SUCCESS) {
        clear(&stream->captured);
        return result;
    }
    *graph = malloc(sizeof(Ops));
    **graph = stream->captured;
    stream->captured = (Ops){NULL, NULL};
    count(GRAPH, 1);
    return SUCCESS;
}

API Result cuStreamIsCapturing(Stream* stream, int* status) {
    IN_CONTEXT();
    *status = !stream->capturing ? 0 : stream->broken ? 2 : 1;
    return SUCCESS;
}

API Result cuGraphInstantiateWithFlags(Ops** exec, Ops* graph, unsigned long long flags) {
    (void)flags;
    IN_CONTEXT();
    Ops* made = calloc(1, sizeof(Ops));
    for (Op* op = graph->first; op; op = op->next) {
        Op* same = malloc(sizeof(Op));
        *same = *op;
        append(made, same);
    }
    count(EXEC, 1);
    *exec = made;
    return SUCCESS;
}

API Result cuGraphLaunch(Ops* exec, Stream* stream) {
    IN_CONTEXT();
    for (Op* op = exec->first; op; op = op->next) {
        Result result = put(stream, op->run, op->a, op->b, op->c, op->d);
        if (result != SUCCESS) return result;
    }
    return SUCCESS;
}

API Result cuGraphDestroy(Ops* graph) {
    FREEING();
    if (!graph) return INVALID_HANDLE;
    clear(graph);
    free(graph);
    count(GRAPH, -1);
    return SUCCESS;
}

API Result cuGraphExecDestroy(Ops* exec) {
    FREEING();
    if (!exec) return INVALID_HANDLE;
    clear(exec);
    free(exec);
    count(EXEC, -1);
    return SUCCESS;
}

// ---- modules and kernels

typedef void (*Kernel)(unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void**);

API Result cuModuleLoadData(void** module, const void* image) {
    IN_CONTEXT();
    const char* library = getenv("AVOCET_HOST_CUDA_KERNELS");
    if (!image || !library) return INVALID_IMAGE;
    *module = dlopen(library, RTLD_NOW);
    if (!*module) return INVALID_IMAGE;
    count(MODULE, 1);
    return SUCCESS;
}

API Result cuModuleLoadDataEx(void** module, const void* image, unsigned n, int* options, void** values) {
    (void)n, (void)options, (void)values;
    return cuModuleLoadData(module, image);
}

API Result cuModuleUnload(void* module) {
    FREEING();
    if (!module) return INVALID_HANDLE;
    dlclose(module);
    count(MODULE, -1);
    return SUCCESS;
}

API Result cuModuleGetFunction(void** function, void* module, const char* name) {
    IN_CONTEXT();
    char symbol[256];
    snprintf(symbol, sizeof symbol, "avocet_host_kernel_%s", name);
    *function = dlsym(module, symbol);
    return *function ? SUCCESS : NOT_FOUND;
}

API Result cuFuncGetAttribute(int* value, int attribute, void* function) {
    (void)attribute, (void)function;
    *value = 1024;
    return SUCCESS;
}

API Result cuLaunchKernel(void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                          unsigned shared, Stream* stream, void** arguments, void** extra) {
    (void)shared;
    IN_CONTEXT();
    if (!function || !stream) return INVALID_HANDLE;
    if (extra || !arguments || !gx || !gy || !gz || !bx || !by || !bz || bx * by * bz > 1024) return INVALID_VALUE;
    // Sizes of arguments are not known here, so they cannot be kept for later.
    if (stream->capturing) return CAPTURE_UNSUPPORTED;
    drain(stream);
    ((Kernel)(uintptr_t)function)(gx, gy, gz, bx, by, bz, arguments);
    return SUCCESS;
}

// ---- words

static const struct {
    int code;
    const char *name, *words;
} TEXTS[] = {
    {SUCCESS, "CUDA_SUCCESS", "no error"},
    {INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {INVALID_IMAGE, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {NOT_FOUND, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {ILLEGAL_ADDRESS, "CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered"},
    {CAPTURE_UNSUPPORTED, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED", "operation not permitted when stream is capturing"},
    {CAPTURE_INVALIDATED, "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", "operation failed due to a previous error during capture"},
};

API Result cuGetErrorName(int code, const char** text) {
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        if (TEXTS[i].code == code) return *text = TEXTS[i].name, SUCCESS;
    }
    return *text = NULL, INVALID_VALUE;
}

API Result cuGetErrorString(int code, const char** text) {
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        if (TEXTS[i].code == code) return *text = TEXTS[i].words, SUCCESS;
    }
    return *text = NULL, INVALID_VALUE;
}
