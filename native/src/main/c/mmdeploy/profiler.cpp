// SPDX-License-Identifier: Apache-2.0
#include "profiler.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "json.hpp"

namespace mm {
namespace {

constexpr size_t MOST_CALLS = 1000000;

// Names are words in the file.
std::string word(std::string name) {
  for (char& c : name) {
    c = static_cast<unsigned char>(c) <= ' ' ? '_' : c;
  }
  return name.empty() ? "_" : name;
}

// All stages in an answer of avocet_stats_json: of a handle, or with their network's path of a pipeline.
void collect(const Value& value, const std::string& path, std::vector<Stage>& stages) {
  const Value* name = find(value, "name");
  const Value* median = find(value, "p50_ms");
  if (name != nullptr && median != nullptr) {
    auto count = static_cast<int64_t>(number_of(field(value, "count"), "count"));
    stages.push_back({word(path + text_of(*name, "name")), count, number_of(*median, "p50_ms")});
  } else if (const auto* items = std::get_if<std::shared_ptr<const List>>(&value.data)) {
    for (const Value& item : **items) {
      collect(item, path, stages);
    }
  } else if (const auto* fields = std::get_if<std::shared_ptr<const Object>>(&value.data)) {
    for (const auto& [key, held] : **fields) {
      collect(held, key == "stages" ? path : path + key + "/", stages);
    }
  }
}

struct Event {
  Scope::Clock::time_point time;
  size_t scope;
  int type;
  size_t index;
};

// What the file holds, in the order of its lines. A scope's address is made up; any will do that is not 0.
class Report {
 public:
  Report() { add("."); }

  void add_scope(const Scope& scope) {
    size_t me = add(scope.name());
    children_[0].push_back(me);
    for (size_t i = 0; i < scope.calls().size(); i++) {
      event(me, i, scope.calls()[i].start, scope.calls()[i].end);
    }
    std::vector<Scope::Clock::duration> used(scope.calls().size());
    for (const Stage& stage : scope.stages()) {
      // The call itself is there already, as it was.
      if (stage.name != "call") {
        add_stage(me, stage, scope.calls(), used);
      }
    }
  }

  void write(std::FILE* out) {
    for (size_t i = 0; i < names_.size(); i++) {
      std::fprintf(out, "%s 0x%zx ", names_[i].c_str(), i + 1);
      for (size_t child : children_[i]) {
        std::fprintf(out, "0x%zx ", child + 1);
      }
      std::fputc('\n', out);
    }
    std::fputs("----\n", out);
    std::stable_sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) { return a.time < b.time; });
    for (const Event& e : events_) {
      auto time = std::chrono::duration_cast<std::chrono::microseconds>(e.time - events_.front().time);
      std::fprintf(out, "0x%zx %d %zu %lld\n", e.scope + 1, e.type, e.index, static_cast<long long>(time.count()));
    }
  }

 private:
  size_t add(const std::string& name) {
    names_.push_back(name);
    children_.emplace_back();
    return names_.size() - 1;
  }

  void event(size_t scope, size_t index, Scope::Clock::time_point start, Scope::Clock::time_point end) {
    events_.push_back({start, scope, 0, index});
    events_.push_back({end, scope, 1, index});
  }

  // A stage's runs one after the other in each call, behind those of the stages before it.
  void add_stage(size_t parent, const Stage& stage, const std::vector<Scope::Call>& calls,
                 std::vector<Scope::Clock::duration>& used) {
    size_t me = add(stage.name);
    children_[parent].push_back(me);
    auto time = std::chrono::duration_cast<Scope::Clock::duration>(
        std::chrono::duration<double, std::milli>(std::min(std::max(stage.milliseconds, 0.0), 1e9)));
    size_t runs = std::min(calls.size(), static_cast<size_t>(std::max<int64_t>(stage.count, 0)));
    for (size_t i = 0; i < runs; i++) {
      auto start = calls[i].start + used[i];
      event(me, i, start, start + time);
      used[i] += time;
    }
  }

  std::vector<std::string> names_;
  std::vector<std::vector<size_t>> children_;
  std::vector<Event> events_;
};

}  // namespace

void Scope::note(Clock::time_point start, Clock::time_point end) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (!finished_ && calls_.size() < MOST_CALLS) {
    calls_.push_back({start, end});
  }
}

void Scope::finish() {
  std::lock_guard<std::mutex> lock(mutex_);
  const char* json = nullptr;
  if (!finished_ && avocet_stats_json(handle_, &json) == AVOCET_OK) {
    std::shared_ptr<const char> owner(json, avocet_string_release);
    try {
      collect(parse_json(json), "", stages_);
    } catch (const Failure&) {
      // A profile without stages; closing a handle must not fail for it.
      stages_.clear();
    }
  }
  finished_ = true;
}

std::shared_ptr<Scope> Profiler::add(const char* name, const void* handle) {
  auto scope = std::make_shared<Scope>(name, handle);
  std::lock_guard<std::mutex> lock(mutex_);
  scopes_.push_back(scope);
  return scope;
}

void Profiler::write() {
  std::lock_guard<std::mutex> lock(mutex_);
  Report report;
  for (const auto& scope : scopes_) {
    scope->finish();
    report.add_scope(*scope);
  }
  // Not a stream of C++, which brings the library of all locales with it.
  std::FILE* file = std::fopen(path_.c_str(), "we");
  bool written = file != nullptr;
  if (written) {
    report.write(file);
    written = std::ferror(file) == 0;
    written = std::fclose(file) == 0 && written;
  }
  if (!written) {
    throw Failure(MMDEPLOY_E_FAIL, "profiler: path=" + path_ + " cannot be written: " + std::strerror(errno));
  }
}

Table<Profiler, HandleKind::PROFILER>& profilers() {
  static auto* table = new Table<Profiler, HandleKind::PROFILER>;
  return *table;
}

}  // namespace mm

using namespace mm;

extern "C" {

int mmdeploy_profiler_create(const char* path, mmdeploy_profiler_t* profiler) {
  return guarded([=] {
    require(path != nullptr && profiler != nullptr, "path=NULL or profiler=NULL");
    *profiler = static_cast<mmdeploy_profiler_t>(profilers().put(std::make_shared<Profiler>(path)));
  });
}

void mmdeploy_profiler_destroy(mmdeploy_profiler_t profiler) {
  guarded([=] {
    if (auto taken = profilers().take(profiler)) {
      taken->write();
    }
  });
}
}
