#include "tests/core/formats/samples/all_samples.h"

#include "tests/core/formats/samples/mocap_samples.h"
#include "tests/core/formats/samples/planar_samples.h"
#include "tests/core/formats/samples/samples.h"

namespace purlscope::test {
namespace {

C3dSpec c3d_of(int processor, bool real) {
  C3dSpec spec;
  spec.processor = processor;
  spec.real = real;
  return spec;
}

std::string npz_sample(bool deflated) {
  std::vector<float> values(2 * 3 * 20 * 3);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 0.01F * static_cast<float>(i + 1);
  const std::vector<float> times = {0.0F, 0.5F, 1.0F};
  const std::string state(2 * 3 * 20, '\1');
  return npz_file({{"joints", npy_floats({2, 3, 20, 3}, values)},
                   {"state", npy_file("|u1", {2, 3, 20}, state)},
                   {"times", npy_floats({3}, times)},
                   {"layout", npy_text("kinect20")},
                   {"label", npy_text("wave")}},
                  deflated);
}

std::string npy_sample() { return npy_floats({3, 4, 20, 2}, std::vector<float>(3 * 4 * 20 * 2, 0.5F)); }  // C, T, V, M

std::string openpose_sample() { return openpose_json({{.layout = "body25"}, {.layout = "body25", .shift = 300}}); }

std::string csv_sample() {
  return "# layout: own\n# unit: m\n# parents: 0 0\n# fps: 30\ntime,1:a.x,1:a.y,1:a.z,1:b.x,1:b.y,1:b.z,1:b.state\n"
         "0,1,2,3,4,5,6,given\n0.1,1,2,3,,,,missing\n0.2,1,2,3,4,5,6,inferred\n";
}

}  // namespace

std::vector<Sample> all_samples() {
  return {
      {"purlrec", "purlrec", "a.purlrec", purlrec(3)},
      {"ntu", "ntu-skeleton", "a.skeleton", ntu_text({{NtuBody{}}, {NtuBody{}, NtuBody{"2", 2.0F, 2, ""}}}), 2},
      {"utd", "utd-mhad", "a1_s1_t1_skeleton.mat", utd_mat(3, false)},
      {"utd_compressed", "utd-mhad", "a1_s1_t1_skeleton.mat", utd_mat(3, true)},
      {"nw", "nw-ucla", "a01_s01_e00_v01.json", nw_json(3, 1)},
      {"msr", "msr-action3d", "a01_s01_e01_skeleton3D.txt", msr_text(3), 8, true},
      {"pku", "pku-mmd", "0002-L.txt", pku_text(3), 0, true},
      {"utkinect", "utkinect", "joints_s01_e02.txt", utkinect_text(3), 0, true},
      {"uwa3d", "uwa3d-ii", "a01_s01_e00_v02.txt", uwa3d_text(3), 0, true},
      {"openpose_frame", "openpose-frame", "0_keypoints.json", openpose_sample()},
      {"coco_results", "coco-keypoints", "a.json", coco_results_json({{"1", {}}, {"2", {}}, {"\"3\"", {.id = "7"}}})},
      {"coco_annotations", "coco-keypoints", "a.json",
       coco_annotations_json({{"1", "1.png"}, {"2", "2.png"}}, {{"1", {}}})},
      {"mmpose", "mmpose", "a.json", mmpose_json(2)},
      {"pyskl", "pyskl", "a.json", pyskl_json(3)},
      {"kinetics", "kinetics-skeleton", "a.json", kinetics_json(3)},
      {"npy", "npy", "a.npy", npy_sample(), 0, false, "kinect20"},
      {"npz", "npz", "a.npz", npz_sample(false)},
      {"npz_deflated", "npz", "a.npz", npz_sample(true)},
      {"bvh", "bvh", "a.bvh", bvh_text(), 1},
      {"amc", "amc", "hand_01.amc", amc_text(), 0, true, "", "hand.asf", asf_text()},
      {"c3d_intel", "c3d", "a.c3d", c3d_file(c3d_of(84, true)), 0, true},
      {"c3d_dec", "c3d", "a.c3d", c3d_file(c3d_of(85, false)), 0, true},
      {"c3d_mips", "c3d", "a.c3d", c3d_file(c3d_of(86, true)), 0, true},
      {"csv", "csv", "a.csv", csv_sample(), 0, true},
  };
}

}  // namespace purlscope::test
