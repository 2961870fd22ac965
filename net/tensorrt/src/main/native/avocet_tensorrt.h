// Objects that TensorRT calls, which hand every call to Java. NVIDIA's headers are not needed for them: a class here has the
// virtual functions of NVIDIA's interface in the same order, so its table (Itanium C++ ABI) is laid out the same; the order
// and the types are those of NvInfer.h, NvInferRuntime.h and NvInferRuntimeBase.h from 10.3 to 10.16.
#pragma once
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// JavaCPP's names of Java's types, where those of C differ between platforms.
typedef long long avocet_long;

typedef void (*avocet_begin)(avocet_long id, const char* phase, const char* parent, int steps);
typedef bool (*avocet_step)(avocet_long id, const char* phase, int step);
typedef void (*avocet_end)(avocet_long id, const char* phase);
typedef avocet_long (*avocet_grow)(avocet_long id, const char* name, avocet_long current, avocet_long size, avocet_long alignment);
typedef void (*avocet_shape)(avocet_long id, const char* name, const avocet_long* extents, int rank);
typedef void (*avocet_layer)(avocet_long id, const char* name, float ms);
typedef bool (*avocet_batch)(avocet_long id, avocet_long* addresses, const char** names, int count);
typedef const void* (*avocet_recall)(avocet_long id, avocet_long* length);
typedef void (*avocet_keep)(avocet_long id, const void* data, avocet_long length);

namespace avocet {

struct Info {
    const char* kind;
    int32_t major;
    int32_t minor;
};

// IVersionedInterface
class Versioned {
public:
    virtual int32_t getAPILanguage() const noexcept { return 0; }
    virtual Info getInterfaceInfo() const noexcept = 0;
    virtual ~Versioned() noexcept = default;
};

// IProgressMonitor
class Progress : public Versioned {
public:
    Progress(avocet_long id, avocet_begin begin, avocet_step step, avocet_end end)
        : id(id), begin(begin), step(step), end(end) {}
    Info getInterfaceInfo() const noexcept override { return Info{"IProgressMonitor", 1, 0}; }
    virtual void phaseStart(const char* phase, const char* parent, int32_t steps) noexcept { begin(id, phase, parent, steps); }
    virtual bool stepComplete(const char* phase, int32_t number) noexcept { return step(id, phase, number); }
    virtual void phaseFinish(const char* phase) noexcept { end(id, phase); }

private:
    avocet_long id;
    avocet_begin begin;
    avocet_step step;
    avocet_end end;
};

// Dims64
struct Dims {
    int32_t rank;
    int64_t extents[8];
};

// IOutputAllocator
class Allocator : public Versioned {
public:
    Allocator(avocet_long id, avocet_grow grow, avocet_shape shape) : id(id), grow(grow), shape(shape) {}
    Info getInterfaceInfo() const noexcept override { return Info{"IOutputAllocator", 1, 0}; }
    virtual void* reallocateOutput(const char* name, void* current, uint64_t size, uint64_t alignment) noexcept {
        return reinterpret_cast<void*>(static_cast<intptr_t>(grow(id, name, static_cast<avocet_long>(reinterpret_cast<intptr_t>(current)),
                                                                  static_cast<avocet_long>(size), static_cast<avocet_long>(alignment))));
    }
    virtual void* reallocateOutputAsync(const char* name, void* current, uint64_t size, uint64_t alignment, void*) {
        return reallocateOutput(name, current, size, alignment);
    }
    virtual void notifyShape(const char* name, const Dims& dims) noexcept {
        avocet_long extents[8];
        for (int i = 0; i < 8; i++) extents[i] = dims.extents[i];
        shape(id, name, extents, dims.rank);
    }

private:
    avocet_long id;
    avocet_grow grow;
    avocet_shape shape;
};

// IProfiler, whose destructor comes last and which says nothing of its version.
class Profiler {
public:
    Profiler(avocet_long id, avocet_layer layer) : id(id), layer(layer) {}
    virtual void reportLayerTime(const char* name, float ms) noexcept { layer(id, name, ms); }
    virtual ~Profiler() noexcept {}

private:
    avocet_long id;
    avocet_layer layer;
};

// IInt8EntropyCalibrator2
class Calibrator : public Versioned {
public:
    Calibrator(avocet_long id, int32_t size, avocet_batch batch, avocet_recall recall, avocet_keep keep)
        : id(id), size(size), batch(batch), recall(recall), keep(keep) {}
    Info getInterfaceInfo() const noexcept override { return Info{"IInt8EntropyCalibrator2", 1, 0}; }
    virtual int32_t getBatchSize() const noexcept { return size; }
    virtual bool getBatch(void* bindings[], const char* names[], int32_t count) noexcept {
        // An address fits: both are of 8 bytes wherever TensorRT 10 runs.
        static_assert(sizeof(void*) == sizeof(avocet_long), "64 bits");
        return batch(id, reinterpret_cast<avocet_long*>(bindings), names, count);
    }
    virtual const void* readCalibrationCache(size_t& length) noexcept {
        avocet_long bytes = 0;
        const void* data = recall(id, &bytes);
        length = data ? static_cast<size_t>(bytes) : 0;
        return data;
    }
    virtual void writeCalibrationCache(const void* data, size_t length) noexcept { keep(id, data, static_cast<avocet_long>(length)); }
    // CalibrationAlgoType::kENTROPY_CALIBRATION_2
    virtual int32_t getAlgorithm() noexcept { return 2; }

private:
    avocet_long id;
    int32_t size;
    avocet_batch batch;
    avocet_recall recall;
    avocet_keep keep;
};

}  // namespace avocet

static inline void* avocet_progress(avocet_long id, avocet_begin begin, avocet_step step, avocet_end end) {
    return new avocet::Progress(id, begin, step, end);
}
static inline void* avocet_allocator(avocet_long id, avocet_grow grow, avocet_shape shape) {
    return new avocet::Allocator(id, grow, shape);
}
static inline void* avocet_profiler(avocet_long id, avocet_layer layer) { return new avocet::Profiler(id, layer); }
static inline void* avocet_calibrator(avocet_long id, int size, avocet_batch batch, avocet_recall recall, avocet_keep keep) {
    return new avocet::Calibrator(id, size, batch, recall, keep);
}
// Frees an object of TensorRT by its deleting destructor, which is this entry of its table of virtual functions.
static inline void avocet_delete(void* object, int destructor) {
    (*static_cast<void (***)(void*)>(object))[destructor](object);
}
static inline void avocet_free_versioned(void* object) { delete static_cast<avocet::Versioned*>(object); }
static inline void avocet_free_profiler(void* object) { delete static_cast<avocet::Profiler*>(object); }

// Loads a library of plugins for all to see, with all that it needs; else writes why that failed. At once: the loader's words
// are gone with the next call of it, which may be one of Java's.
static inline bool avocet_load_plugins(const char* path, char* reason, int size) {
    if (dlopen(path, RTLD_NOW | RTLD_GLOBAL)) return true;
    snprintf(reason, static_cast<size_t>(size), "%s", dlerror());
    return false;
}

// Whether a library that is loaded says its plugins when it is asked, instead of registering them by itself.
static inline bool avocet_lists_plugins(const char* path) {
    void* library = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
    bool lists = library && (dlsym(library, "getCreators") || dlsym(library, "getPluginCreators"));
    if (library) dlclose(library);
    return lists;
}
