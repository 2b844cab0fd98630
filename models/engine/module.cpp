#include "core/engine/loader.h"
