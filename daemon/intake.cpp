#include "daemon/intake.hpp"
