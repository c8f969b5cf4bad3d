#include "parsers/seal/outline.hpp"

#include <numbers>
#include <utility>

namespace baosong::parsers::seal {
namespace {

constexpr std::size_t kAngles = 128;
using Terms = std::array<double, Outline::kTerms>;

struct Pass {
  double window;      // how far from the present outline the ring is looked for
  std::size_t terms;  // that may move
};
constexpr std::array kNear{Pass{0.07, 3}, Pass{0.07, 5}, Pass{0.06, 5}, Pass{0.05, 7}};
constexpr std::array kFar{Pass{0.16, 3}, Pass{0.12, 5}, Pass{0.08, 5}, Pass{0.05, 7}};

struct Sighting {
  double t = 0, r = 0, weight = 0;
};

// Along one ray: the ring is a line of ink with none beyond it.
Sighting look(const Layer& ink, const Outline& outline, double t, double window) {
  const double expected = outline.radius(t);
  const double reach = window * outline.mean();
  const double line = std::max(1.5, 0.025 * outline.mean());
  const double ux = std::cos(t), uy = std::sin(t);
  constexpr std::size_t kSteps = 96;
  std::array<double, kSteps> samples{};
  const double first = expected - reach - line;
  const double beyond = std::max(4.0, 0.06 * outline.mean());
  const auto steps = std::min(kSteps, static_cast<std::size_t>(2 * (reach + line) + beyond) + 2);
  for (std::size_t i = 0; i < steps; ++i) {
    const double r = first + static_cast<double>(i);
    samples[i] = ink.between(outline.x + r * ux, outline.y + r * uy);
  }
  const auto wide = static_cast<std::size_t>(line + 0.5);
  const auto out = static_cast<std::size_t>(beyond);
  Sighting best{t, expected, 0};
  double highest = 0;
  for (std::size_t i = wide; i + out < steps; ++i) {
    const double off = (first + static_cast<double>(i) - expected) / reach;
    if (std::abs(off) > 1) continue;
    double here = 0;
    for (std::size_t k = i - wide; k <= i + wide; ++k) here += samples[k];
    here /= static_cast<double>(2 * wide + 1);
    const double response = (here - 0.6 * samples[i + out]) * (1 - 0.5 * off * off);
    if (response > highest) highest = response, best = {t, first + static_cast<double>(i), here};
  }
  return best;
}

// Least squares by the normal equations; false when they are singular.
bool solve(const std::array<Sighting, kAngles>& seen, std::size_t terms, double cap, Terms& out) {
  std::array<std::array<double, Outline::kTerms + 1>, Outline::kTerms> m{};
  for (const Sighting& s : seen) {
    const double weight = std::min(s.weight, cap);
    if (weight <= 0) continue;
    const Terms basis{1,
                      std::cos(s.t),
                      std::sin(s.t),
                      std::cos(2 * s.t),
                      std::sin(2 * s.t),
                      std::cos(3 * s.t),
                      std::sin(3 * s.t)};
    for (std::size_t i = 0; i < terms; ++i) {
      for (std::size_t k = 0; k < terms; ++k) m[i][k] += weight * basis[i] * basis[k];
      m[i][Outline::kTerms] += weight * basis[i] * s.r;
    }
  }
  // A ring that is there in part only must not swing where it is not.
  for (std::size_t i = 3; i < terms; ++i) m[i][i] += 0.02 * m[0][0];
  for (std::size_t i = 0; i < terms; ++i) {
    std::size_t pivot = i;
    for (std::size_t k = i + 1; k < terms; ++k) {
      if (std::abs(m[k][i]) > std::abs(m[pivot][i])) pivot = k;
    }
    if (std::abs(m[pivot][i]) < 1e-6) return false;
    std::swap(m[i], m[pivot]);
    for (std::size_t k = 0; k < terms; ++k) {
      if (k == i) continue;
      const double factor = m[k][i] / m[i][i];
      for (std::size_t c = i; c <= Outline::kTerms; ++c) m[k][c] -= factor * m[i][c];
    }
  }
  out.fill(0);
  for (std::size_t i = 0; i < terms; ++i) out[i] = m[i][Outline::kTerms] / m[i][i];
  return true;
}

}  // namespace

std::optional<Outline> fit_outline(const Layer& ink, const Centre& guess, Reach reach) {
  Outline outline;
  outline.x = guess.x;
  outline.y = guess.y;
  outline.terms[0] = guess.radius - 1;  // of the line, not of its outer edge
  for (const Pass& pass : reach == Reach::kNear ? kNear : kFar) {
    std::array<Sighting, kAngles> seen{};
    double sum = 0;
    int n = 0;
    for (std::size_t i = 0; i < kAngles; ++i) {
      const double t = 2 * std::numbers::pi * static_cast<double>(i) / kAngles;
      seen[i] = look(ink, outline, t, pass.window);
      if (seen[i].weight > 0) sum += seen[i].weight, ++n;
    }
    if (n < static_cast<int>(kAngles / 3)) return std::nullopt;
    Terms terms{};
    if (!solve(seen, pass.terms, 1.5 * sum / n, terms)) return std::nullopt;
    if (!(terms[0] > 0.7 * guess.radius && terms[0] < 1.3 * guess.radius)) return std::nullopt;
    if (std::hypot(terms[1], terms[2]) > 0.4 * terms[0]) return std::nullopt;
    outline.x += terms[1];
    outline.y += terms[2];
    terms[1] = terms[2] = 0;
    outline.terms = terms;
  }
  return outline;
}

}  // namespace baosong::parsers::seal
