#include "worker/title_reader.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "parsers/base/limits.hpp"

namespace baosong::worker {
namespace {

constexpr const char* kLibrary = "libtesseract.so.5";
constexpr std::array kModels{
    "/usr/share/tesseract-ocr/5/tessdata/chi_sim.traineddata",
    "/usr/share/tesseract-ocr/4.00/tessdata/chi_sim.traineddata",
    "/usr/share/tessdata/chi_sim.traineddata",
};

// The C interface of tesseract 5 (capi.h), as far as it is used. Its numbers: engine mode LSTM is
// 1, "assume a single uniform block of text" is page segmentation mode 6.
constexpr int kLstmOnly = 1;
constexpr int kOneBlock = 6;

struct Engine;
struct Library {
  Engine* (*create)();
  int (*init)(Engine*, const char* model, int size, const char* language, int mode, char** configs,
              int config_count, char** names, char** values, std::size_t name_count,
              int only_basic);
  int (*set_variable)(Engine*, const char* name, const char* value);
  void (*set_mode)(Engine*, int);
  void (*set_image)(Engine*, const unsigned char*, int width, int height, int bytes_per_pixel,
                    int bytes_per_line);
  void (*set_resolution)(Engine*, int dots_per_inch);
  char* (*text)(Engine*);
  int (*confidence)(Engine*);
  void (*free_text)(char*);
};

template <class F>
bool find(void* handle, const char* name, F& function) {
  function = reinterpret_cast<F>(::dlsym(handle, name));
  return function != nullptr;
}

class Tesseract final : public parsers::TitleReader {
 public:
  Tesseract(const Library& library, std::string model)
      : library_(library), model_(std::move(model)) {}

  std::optional<parsers::ScanHead> read(const parsers::GreyView& picture) override {
    if (engine_ == nullptr && !prepare()) return std::nullopt;
    library_.set_image(engine_, picture.data, static_cast<int>(picture.width),
                       static_cast<int>(picture.height), 1, static_cast<int>(picture.stride));
    library_.set_resolution(engine_, picture.dots_per_inch);
    parsers::ScanHead out;
    if (char* text = library_.text(engine_); text != nullptr) {
      out.text = text;
      library_.free_text(text);
    }
    out.confidence = static_cast<std::uint32_t>(std::max(0, library_.confidence(engine_)));
    return out;
  }

 private:
  bool prepare() {
    Engine* engine = library_.create();
    if (library_.init(engine, model_.data(), static_cast<int>(model_.size()), "chi_sim", kLstmOnly,
                      nullptr, 0, nullptr, nullptr, 0, 0) != 0) {
      return false;
    }
    library_.set_mode(engine, kOneBlock);
    // What cannot be read is not tried in white on black: a quarter of the time, and paper is
    // white.
    library_.set_variable(engine, "tessedit_do_invert", "0");
    engine_ = engine;
    return true;
  }

  const Library& library_;
  std::string model_;
  Engine* engine_ = nullptr;  // lives as long as the process: it ends without taking anything down
};

const Library* load_library() {
  static Library library;
  static const bool kLoaded = [] {
    // The filter refuses threads. What loads with the library asks the environment once, here.
    ::setenv("OMP_THREAD_LIMIT", "1", 1);
    void* handle = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
    ::unsetenv("OMP_THREAD_LIMIT");
    return handle != nullptr && find(handle, "TessBaseAPICreate", library.create) &&
           find(handle, "TessBaseAPIInit5", library.init) &&
           find(handle, "TessBaseAPISetVariable", library.set_variable) &&
           find(handle, "TessBaseAPISetPageSegMode", library.set_mode) &&
           find(handle, "TessBaseAPISetImage", library.set_image) &&
           find(handle, "TessBaseAPISetSourceResolution", library.set_resolution) &&
           find(handle, "TessBaseAPIGetUTF8Text", library.text) &&
           find(handle, "TessBaseAPIMeanTextConf", library.confidence) &&
           find(handle, "TessDeleteText", library.free_text);
  }();
  return kLoaded ? &library : nullptr;
}

std::string load_model() {
  for (const char* path : kModels) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error || size == 0 || size > limits::kModelBytes) continue;
    std::string model(size, '\0');
    std::ifstream file(path, std::ios::binary);
    if (file.read(model.data(), static_cast<std::streamsize>(size))) return model;
  }
  return {};
}

}  // namespace

std::unique_ptr<parsers::TitleReader> load_title_reader() {
  std::string model = load_model();
  const Library* library = model.empty() ? nullptr : load_library();
  if (library == nullptr) return nullptr;
  return std::make_unique<Tesseract>(*library, std::move(model));
}

}  // namespace baosong::worker
