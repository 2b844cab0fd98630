#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <span>

#include "core/formats/registry.h"
#include "core/skeleton/tracker.h"
#include "tests/support/shared.h"

/// How well persons are followed on real recordings, against a reference and a simpler way.
namespace purlscope::core {
namespace {

/// One detection: a person of the clip in a frame in which it is seen.
struct Found {
  std::size_t person = 0;
  float left = 0, right = 0, low = 0, high = 0;  ///< box of its joints
  std::array<float, 2> torso{};                  ///< middle of neck and hip
  float torso_length = 0;                        ///< 0 = not seen

  float area() const { return (right - left) * (high - low); }
};

std::optional<Found> find_person(const Clip& clip, std::size_t person, std::size_t frame) {
  if (clip.absent(person, frame)) return std::nullopt;
  Found found{.person = person};
  bool first = true;
  const std::size_t joints = clip.joint_count();
  for (std::size_t j = 0; j < joints; ++j) {
    if (clip.persons[person].state[frame * joints + j] == JointState::missing) continue;
    const Vec3& at = clip.persons[person].joints[frame * joints + j];
    found.left = first ? at[0] : std::min(found.left, at[0]);
    found.right = first ? at[0] : std::max(found.right, at[0]);
    found.low = first ? at[1] : std::min(found.low, at[1]);
    found.high = first ? at[1] : std::max(found.high, at[1]);
    first = false;
  }
  const auto neck = frame * joints + static_cast<std::size_t>(clip.layout->joint("neck"));
  const auto hip = frame * joints + static_cast<std::size_t>(clip.layout->joint("middle hip"));
  const Person& body = clip.persons[person];
  if (body.state[neck] != JointState::missing && body.state[hip] != JointState::missing) {
    const Vec3& a = body.joints[neck];
    const Vec3& b = body.joints[hip];
    found.torso = {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2};
    found.torso_length = std::hypot(a[0] - b[0], a[1] - b[1]);
  }
  return found;
}

float overlap(const Found& a, const Found& b) {
  const float width = std::min(a.right, b.right) - std::max(a.left, b.left);
  const float height = std::min(a.high, b.high) - std::max(a.low, b.low);
  if (width <= 0 || height <= 0) return 0.0F;
  return width * height / (a.area() + b.area() - width * height);
}

/// The reference: boxes overlap by more than half and neither has a better partner, and the torso went less than 0.3 of
/// its length and changed its length by less than 0.3.
bool surely_the_same(const std::vector<Found>& before, std::size_t a, const std::vector<Found>& after, std::size_t b) {
  const float shared = overlap(before[a], after[b]);
  if (shared <= 0.5F) return false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (i != a && overlap(before[i], after[b]) >= shared) return false;
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (i != b && overlap(before[a], after[i]) >= shared) return false;
  }
  const Found& x = before[a];
  const Found& y = after[b];
  if (x.torso_length == 0 || y.torso_length == 0) return false;
  const float moved = std::hypot(x.torso[0] - y.torso[0], x.torso[1] - y.torso[1]);
  return moved < 0.3F * x.torso_length && std::abs(x.torso_length - y.torso_length) < 0.3F * x.torso_length;
}

/// The simpler way: each detection goes to the nearest box centre of the frame before, nearest pairs first, within
/// 0.5 m; nobody is remembered.
std::vector<std::size_t> greedy(const std::vector<Found>& before, const std::vector<std::size_t>& ids,
                                const std::vector<Found>& after, std::size_t& last_id) {
  struct Pair {
    float distance;
    std::size_t a, b;
  };
  std::vector<Pair> pairs;
  for (std::size_t a = 0; a < before.size(); ++a) {
    for (std::size_t b = 0; b < after.size(); ++b) {
      const Found& x = before[a];
      const Found& y = after[b];
      const float distance = std::hypot(x.left + x.right - y.left - y.right, x.low + x.high - y.low - y.high) / 2;
      if (distance < 0.5F) pairs.push_back({distance, a, b});
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& p, const Pair& q) { return p.distance < q.distance; });
  std::vector<std::size_t> chosen(after.size(), 0);
  std::vector<bool> taken(before.size(), false);
  for (const Pair& pair : pairs) {
    if (taken[pair.a] || chosen[pair.b] != 0) continue;
    taken[pair.a] = true;
    chosen[pair.b] = ids[pair.a];
  }
  for (std::size_t& id : chosen) id = id == 0 ? ++last_id : id;
  return chosen;
}

TEST(TrackingData, FollowsManyPeople) {
  PURLSCOPE_NEEDS_SHARED();
  const ClipPtr clip = read_clip(test::shared_dir() / "data" / "openpose-json" / "body25-many-people");
  std::vector<Found> before;
  std::vector<std::size_t> greedy_before;
  std::size_t greedy_tracks = 0;
  int links = 0;
  int switches = 0;
  int greedy_switches = 0;
  std::size_t detections = 0;
  for (std::size_t t = 0; t < clip->frames; ++t) {
    std::vector<Found> now;
    for (std::size_t p = 0; p < clip->persons.size(); ++p) {
      if (const auto found = find_person(*clip, p, t)) now.push_back(*found);
    }
    detections += now.size();
    const auto greedy_now = greedy(before, greedy_before, now, greedy_tracks);
    for (std::size_t a = 0; a < before.size(); ++a) {
      for (std::size_t b = 0; b < now.size(); ++b) {
        if (!surely_the_same(before, a, now, b)) continue;
        ++links;
        switches += before[a].person != now[b].person ? 1 : 0;
        greedy_switches += greedy_before[a] != greedy_now[b] ? 1 : 0;
      }
    }
    before = std::move(now);
    greedy_before = greedy_now;
  }
  std::vector<std::size_t> lengths;
  for (std::size_t p = 0; p < clip->persons.size(); ++p) {
    std::size_t seen = 0;
    for (std::size_t t = 0; t < clip->frames; ++t) seen += clip->absent(p, t) ? 0 : 1;
    lengths.push_back(seen);
  }
  std::sort(lengths.rbegin(), lengths.rend());
  RecordProperty("detections", static_cast<int>(detections));
  RecordProperty("reference_links", links);
  RecordProperty("tracks", static_cast<int>(clip->persons.size()));
  RecordProperty("switches", switches);
  RecordProperty("greedy_tracks", static_cast<int>(greedy_tracks));
  RecordProperty("greedy_switches", greedy_switches);
  RecordProperty("track_lengths", testing::PrintToString(lengths));

  EXPECT_EQ(clip->layout->id, "body25");
  EXPECT_EQ(clip->frames, 150U);
  // The files have 1353; in one frame OpenPose breaks three arms off a body.
  EXPECT_EQ(detections, 1350U);
  EXPECT_THAT(clip->warnings,
              testing::Contains(testing::HasSubstr("3 persons left out: fewer than 7 of the 25 joints")));
  EXPECT_GT(links, 800) << "too few to judge by";
  EXPECT_EQ(switches, 0);
  EXPECT_LE(switches, greedy_switches);
  EXPECT_LE(clip->persons.size(), greedy_tracks);
  EXPECT_EQ(clip->persons.size(), 9U) << "who are there all the time";
}

/// The tracks of the whole recording say who is who; then every third frame is left (10 a second) and of these three
/// detections in ten fail, so that persons are away for up to half a second or more.
TEST(TrackingData, FollowsManyPeopleThoughDetectionsFail) {
  PURLSCOPE_NEEDS_SHARED();
  const ClipPtr clip = read_clip(test::shared_dir() / "data" / "openpose-json" / "body25-many-people");
  const std::size_t joints = clip->joint_count();
  int switches = 0;
  int greedy_switches = 0;
  int detections = 0;
  for (unsigned seed = 1; seed <= 5; ++seed) {
    std::mt19937 random(seed);
    std::bernoulli_distribution fails(0.3);
    Tracker tracker(*clip->layout);
    std::map<std::size_t, std::uint64_t> id_of;
    std::map<std::size_t, std::size_t> greedy_of;
    std::vector<Found> before;
    std::vector<std::size_t> greedy_before;
    std::size_t greedy_tracks = 0;
    for (std::size_t t = 0; t < clip->frames; t += 3) {
      std::vector<Found> now;
      std::vector<Detection> seen;
      for (std::size_t p = 0; p < clip->persons.size(); ++p) {
        const auto found = find_person(*clip, p, t);
        if (!found || fails(random)) continue;
        now.push_back(*found);
        seen.push_back({std::span(clip->persons[p].joints).subspan(t * joints, joints),
                        std::span(clip->persons[p].state).subspan(t * joints, joints),
                        {}});
      }
      const auto ids = tracker.step(clip->times[t], seen);
      const auto greedy_now = greedy(before, greedy_before, now, greedy_tracks);
      for (std::size_t i = 0; i < now.size(); ++i) {
        const std::size_t who = now[i].person;
        if (id_of.contains(who) && id_of[who] != ids[i]) ++switches;
        if (greedy_of.contains(who) && greedy_of[who] != greedy_now[i]) ++greedy_switches;
        id_of[who] = ids[i];
        greedy_of[who] = greedy_now[i];
        ++detections;
      }
      before = std::move(now);
      greedy_before = greedy_now;
    }
  }
  RecordProperty("detections", detections);
  RecordProperty("switches", switches);
  RecordProperty("greedy_switches", greedy_switches);
  EXPECT_LE(switches, detections / 200);
  EXPECT_LT(10 * switches, greedy_switches);
}

TEST(TrackingData, OnePersonIsOnePerson) {
  PURLSCOPE_NEEDS_SHARED();
  const ClipPtr clip = read_clip(test::shared_dir() / "data" / "openpose-json" / "coco18-one-person");
  EXPECT_EQ(clip->layout->id, "coco18");
  EXPECT_EQ(clip->frames, 90U);
  ASSERT_EQ(clip->persons.size(), 1U);
  for (std::size_t t = 0; t < clip->frames; ++t) EXPECT_FALSE(clip->absent(0, t)) << t;
  // Seated at a table, facing the camera: the head is above the neck, the left shoulder on the right of the image.
  const auto at = [&](std::string_view name) {
    return clip->persons[0].joints[static_cast<std::size_t>(clip->layout->joint(name))];
  };
  EXPECT_GT(at("nose")[1], at("neck")[1]);
  EXPECT_LT(at("left shoulder")[0], at("right shoulder")[0]);
}

}  // namespace
}  // namespace purlscope::core
