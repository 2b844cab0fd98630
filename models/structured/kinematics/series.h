#pragma once

#include <array>
#include <span>
#include <vector>

namespace purlscope::models::structured {

/// A point or vector in torso lengths: +x to the person's right, +y up, -z to where the person looks at the start.
using Point = std::array<double, 3>;

Point operator+(const Point& a, const Point& b);
Point operator-(const Point& a, const Point& b);
double dot(const Point& a, const Point& b);
double length(const Point& a);
/// Angle at `b` between the directions to `a` and `c`. Radians, 0 to pi; pi / 2 where a segment has no length.
double angle_at(const Point& a, const Point& b, const Point& c);

// Statistics of a series of values. An empty series gives 0.
double sum(std::span<const double> values);
double mean(std::span<const double> values);
double deviation(std::span<const double> values);  ///< population standard deviation
double highest(std::span<const double> values);
double lowest(std::span<const double> values);
double range(std::span<const double> values);  ///< highest - lowest
/// Quantile with linear interpolation between order statistics, `q` from 0 to 1.
double quantile(std::span<const double> values, double q);
/// Mean of the `count` largest values.
double mean_of_largest(std::span<const double> values, std::size_t count);

// Statistics of a track: one joint's points over time.
using Track = std::vector<Point>;
std::vector<double> coordinate(std::span<const Point> track, std::size_t axis);
Point centroid(std::span<const Point> track);
Point extent(std::span<const Point> track);  ///< range along each axis
Track steps(std::span<const Point> track);   ///< [T - 1] differences between neighbours
std::vector<double> lengths(std::span<const Point> track);
double path_length(std::span<const Point> track);
/// Signed area that the track sweeps about its centroid in the x-y plane; positive = counter-clockwise seen from +z.
double signed_area_xy(std::span<const Point> track);
/// Similarity of two step series, -1 to 1; `floor` keeps it near 0 when hardly anything moves.
double agreement(std::span<const Point> a, std::span<const Point> b, double floor, const Point& sign = {1, 1, 1});
/// Share of the movement's spectral power (64 frames, mean removed) in bins 3 to 11: three to eleven turns a clip.
double fast_power_share(std::span<const Point> track);

}  // namespace purlscope::models::structured
