#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <utility>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/progress.h"
#include "app/cli/support/recognising.h"
#include "app/cli/table/plan.h"
#include "app/cli/table/report.h"
#include "app/cli/table/runner.h"
#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/report/time_left.h"

namespace purlscope::app::cli {
namespace {

/// Runs what earlier runs left to do, and keeps the page up to date.
class TableRun {
 public:
  TableRun(const TableRequest& request, const TablePlan& plan)
      : request_(request), plan_(plan), report_(plan), runner_(request, plan) {
    for (const TableCell& cell : plan.cells) {
      if (const auto result = runner_.earlier(cell)) {
        add(cell, *result);
      } else {
        todo_.push_back(cell);
      }
    }
    for (const TableCell& cell : todo_) kinds_left_.push_back(kind_of(cell));
    report_.write(request.out);
  }

  void run(const core::ProgressFn& progress, const std::stop_token& stop) {
    for (std::size_t i = 0; i < todo_.size(); ++i) {
      try {
        add(todo_[i], runner_.run(todo_[i], in_list(progress, i), stop));
      } catch (const Error& error) {
        if (error.code() == Code::cancelled) throw;
        report_.add_failure(todo_[i], error.what());
      }
      kinds_left_.erase(kinds_left_.begin());
      report_.write(request_.out);
    }
  }

  const TableReport& report() const { return report_; }

 private:
  /// Evaluations of one kind take about as long as each other.
  std::string kind_of(const TableCell& cell) const {
    return fmt::format("{} {} {}", plan_.column(cell).dataset, plan_.row(cell).method, plan_.row(cell).backbone);
  }

  void add(const TableCell& cell, const nlohmann::json& result) {
    report_.add(cell, result);
    time_left_.learn(kind_of(cell), result.value("seconds", 0.0));
  }

  /// Progress of one evaluation as a part of all.
  core::ProgressFn in_list(const core::ProgressFn& progress, std::size_t number) const {
    return [this, &progress, number, watch = core::Stopwatch()](const core::Progress& step) {
      const TableCell& cell = todo_[number];
      const std::optional<double> left = time_left_.seconds(kinds_left_, watch.seconds());
      core::Progress whole = step;
      whole.stage = fmt::format("{} of {}: {}, {}: {}", number + 1, todo_.size(), plan_.column(cell).title,
                                plan_.row(cell).name, step.stage);
      if (left) whole.detail += fmt::format("{}{} left", step.detail.empty() ? "" : ", ", core::about(*left));
      progress(whole);
    };
  }

  const TableRequest& request_;
  const TablePlan& plan_;
  TableReport report_;
  TableRunner runner_;
  core::TimeLeft time_left_;
  std::vector<TableCell> todo_;
  std::vector<std::string> kinds_left_;
};

int table(const TableRequest& request, const std::stop_token& stop) {
  prepare_output(request.out);
  const TablePlan plan = make_plan(request, stop);
  TableRun run(request, plan);
  {
    ProgressPrinter printer;
    run.run(printer.callback(), stop);
  }
  print_line(run.report().document(request.out));
  return run.report().failed() ? kFailed : kDone;
}

}  // namespace

Run define_table(CLI::App& app) {
  auto request = std::make_shared<TableRequest>();
  app.add_option("--dataset", request->datasets, "folders of data sets")->required();
  app.add_option("--out", request->out, "file to write: .md, or .html for a page")->required();
  app.add_option("--tables", request->tables, "numbers of the tables, 3 to 6; all without it")
      ->check(CLI::IsMember({3, 4, 5, 6}));
  app.add_option("--splits", request->splits, "splits to run, as utd-mhad/ru5; all of the data sets without it");
  app.add_option("--methods", request->methods, "methods to run; all without it");
  app.add_option("--texts", request->texts, "tables of descriptions");
  add_paraphrases_flag(app, request->paraphrases);
  app.add_option("--config", request->config, "JSON file with options of PURLS and Global");
  app.add_option("--results", request->results, "folder of finished evaluations, which are not run again");
  app.add_option("--seeds", request->seeds, "runs of each system, with seeds 0 to N-1")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  return [request](const Call& call) { return table(*request, call.stop); };
}

}  // namespace purlscope::app::cli
