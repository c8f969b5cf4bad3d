// What the long steps deep inside the program owe the service that runs them: a sign of life while
// they get on, and an end when the process is asked to stop. One-off commands and tests install
// nothing; then beat() does nothing and nobody ever stops.
//
// Whoever waits for the world in a loop calls beat() at least every few seconds and shortens its
// patience by patience(). Whoever computes calls beat() after each piece of work that is done,
// never from a timer of its own: a program that hangs must fall silent.
#pragma once

#include <chrono>

namespace baosong::daemon::pulse {

// Work moved on. Cheap enough for every chunk of a file.
// Thread rule: the main thread.
void beat();

// True from the moment the process was asked to end (SIGTERM, SIGINT).
// Thread rule: any thread.
bool stopping();

// How long to wait at most when `wanted` was the plan: the same, until a stop is asked; from then
// on no longer than what is left of the grace, which lets an exchange that is under way come to its
// end. Zero: give up now.
std::chrono::milliseconds patience(std::chrono::milliseconds wanted);

// ---- For the service only ----

using Beat = void (*)();
void install(Beat beat);  // nullptr: nobody listens any more
// Async-signal-safe. `grace` counts from now.
void ask_to_stop(std::chrono::milliseconds grace);
void forget_stop();

}  // namespace baosong::daemon::pulse
