// What the server does once so that no child need do it: load tables, open converters, find fonts.
// Only bytes of our own are read, so it may look at files that no child may see.
#pragma once

namespace baosong::worker {

void warm_up();

}  // namespace baosong::worker
