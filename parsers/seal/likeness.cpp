#include <array>
#include <cmath>

#include "parsers/seal/traits.hpp"

namespace baosong::parsers::seal {
namespace {

// What nothing else makes up for.
struct Must {
  double Traits::* trait;
  double least, most;
};
constexpr std::array kMusts{
    Must{&Traits::visible, 0.7, 1},       Must{&Traits::ink, 9, 255},
    Must{&Traits::cover, kLeastCover, 1}, Must{&Traits::solid, 0.36, 1},
    Must{&Traits::elongation, 0, 0.105},  // a circle seen from 36 degrees aside; beyond are ovals
    Must{&Traits::dent, 0, 0.03},         Must{&Traits::hoop, 0, 0.3},
    Must{&Traits::disk, 0, 0.55},         Must{&Traits::valley, 0, 0.8},
    Must{&Traits::strokes, 2.5, 1000},
};

// What each trait adds, from nothing at `none` to all its points at `all`. No trait decides alone:
// a ring that is there in half passes when the text is clear, and the other way round.
struct Grade {
  double Traits::* trait;
  double none, all, points;
};
constexpr std::array kGrades{
    Grade{&Traits::cover, 0.35, 0.6, 2.07},        Grade{&Traits::chance, 0.35, 0.1, 0.20},
    Grade{&Traits::solid, 0.2, 0.5, 0.60},         Grade{&Traits::solid, 0.5, 0.8, 0.94},
    Grade{&Traits::tight, 0.5, 0.7, 3.00},         Grade{&Traits::tight, 0.7, 0.95, 1.92},
    Grade{&Traits::outside, 0.06, 0, 2.88},        Grade{&Traits::peak, 0.03, 0.15, 1.86},
    Grade{&Traits::peak, 0.6, 0.45, 1.17},         Grade{&Traits::spokes, 0.2, 0, 0.53},
    Grade{&Traits::sectors, 0.15, 0.4, 0.79},      Grade{&Traits::strokes, 3, 8, 2.97},
    Grade{&Traits::strokes, 8, 13, 1.09},          Grade{&Traits::valley, 0.5, 0.05, 4.31},
    Grade{&Traits::aligned, 0.4, 0.65, 0.78},      Grade{&Traits::aligned, 0.65, 0.85, 0.98},
    Grade{&Traits::disk, 0.55, 0.4, 0.22},         Grade{&Traits::disk, 0.4, 0.3, 1.96},
    Grade{&Traits::elongation, 0.105, 0.07, 1.36}, Grade{&Traits::elongation, 0.07, 0.04, 1.55},
    Grade{&Traits::dent, 0.03, 0.012, 2.40},       Grade{&Traits::thickness, 0.13, 0.1, 1.24},
    Grade{&Traits::chord, 1.2, 0.9, 2.50}};
constexpr double kBar = 32.6;  // a seal is what reaches it

// 0 at `none`, 1 at `all`, straight between; `none` may be the larger one.
double grade(double value, double none, double all) {
  return std::clamp((value - none) / (all - none), 0.0, 1.0);
}

}  // namespace

double likeness_to_seal(const Traits& t) {
  for (const Must& m : kMusts) {
    if (!(t.*m.trait >= m.least && t.*m.trait <= m.most)) return 0;
  }
  double points = 0;
  for (const Grade& g : kGrades) points += g.points * grade(t.*g.trait, g.none, g.all);
  return 1 / (1 + std::exp(kBar - points));
}

}  // namespace baosong::parsers::seal
