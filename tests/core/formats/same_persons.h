#pragma once

#include <gtest/gtest.h>

#include "core/base/clip.h"

namespace purlscope::test {

/// A recording that was written and read again has the persons it had.
inline void expect_same_persons(const core::Clip& found, const core::Clip& expected) {
  ASSERT_EQ(found.persons.size(), expected.persons.size());
  for (std::size_t p = 0; p < expected.persons.size(); ++p) {
    EXPECT_EQ(found.persons[p].id, expected.persons[p].id);
    EXPECT_EQ(found.persons[p].joints, expected.persons[p].joints);
    EXPECT_EQ(found.persons[p].state, expected.persons[p].state);
  }
}

}  // namespace purlscope::test
