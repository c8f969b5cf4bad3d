// Reads the titles of scans with tesseract, when it is installed with Chinese: nothing is linked,
// so the program runs without. The library is loaded and the model read before the walls are up;
// the child that meets a scan prepares the engine from the model in memory.
#pragma once

#include <memory>

#include "parsers/pdf/scan_head.hpp"

namespace baosong::worker {

// Null when the library (libtesseract.so.5) or the model (chi_sim.traineddata) is not there. To be
// called while there is one thread; the reader then belongs to one thread at a time.
std::unique_ptr<parsers::TitleReader> load_title_reader();

}  // namespace baosong::worker
