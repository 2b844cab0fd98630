#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <fstream>
#include <set>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/lab_options.h"
#include "app/cli/support/progress.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/engine/loader.h"
#include "core/formats/dataset.h"
#include "core/report/paper_tables.h"

namespace purlscope::app::cli {
namespace {

namespace fs = std::filesystem;

struct TableCommand {
  std::vector<std::string> datasets;
  std::vector<std::string> texts;
  std::vector<int> tables;
  std::vector<std::string> methods;
  std::string config;
  std::string out;
  std::string results;
  int seeds = 3;
};

/// A data set at hand.
struct Present {
  std::string name;  ///< as core::PaperColumn::dataset
  fs::path folder;
};

std::vector<Present> find_datasets(const std::vector<std::string>& folders, const std::stop_token& stop) {
  std::vector<Present> out;
  for (const std::string& folder : folders) {
    const core::Dataset dataset = core::index_dataset(folder, stop);
    const std::string name = dataset.kind == "ntu-rgbd" && dataset.edition.empty() ? "ntu120"
                             : dataset.edition.empty()                             ? dataset.kind
                                                                                   : dataset.edition;
    out.push_back({name, folder});
  }
  return out;
}

/// One evaluation: a system on a split.
struct Job {
  const core::PaperRow* row = nullptr;
  core::PaperColumn column;
  fs::path dataset;
};

nlohmann::json merged_config(const core::PaperRow& row, const nlohmann::json& given) {
  nlohmann::json config = row.method == "purls" || row.method == "global" ? given : nlohmann::json::object();
  if (row.config.is_object()) config.merge_patch(row.config);
  return config;
}

void write_text(const fs::path& file, const std::string& text) {
  core::AtomicFile out(file);
  out.write(text.data(), text.size());
  out.commit();
}

/// What a result depends on; the name of its file is made of it.
std::string result_name(const Job& job, const nlohmann::json& config, int seeds, const TableCommand& command) {
  std::string key =
      fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", core::version(), job.row->method, job.row->backbone, job.row->protocol,
                  config.dump(), seeds, job.dataset.string(), fmt::join(command.texts, "|"));
  std::uint64_t state = 14695981039346656037ULL;  // FNV-1a
  for (const char byte : key) state = (state ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  return fmt::format("{}-{}-{}-{:016x}.json", job.column.dataset, job.column.split, job.row->method, state);
}

/// A result of an earlier run; null when there is none or it is damaged.
nlohmann::json earlier_result(const fs::path& file) {
  std::ifstream in(file);
  nlohmann::json result = nlohmann::json::parse(in, nullptr, false);
  return result.is_object() && result.contains("accuracy") ? result : nlohmann::json();
}

/// Runs the evaluations of the tables, one file of results each, so that a run that was stopped goes on.
class Runner {
 public:
  Runner(const TableCommand& command, const core::ProgressFn& progress, std::stop_token stop)
      : command_(command),
        progress_(progress),
        stop_(std::move(stop)),
        results_(command.results.empty() ? command.out + ".results" : command.results),
        lab_(core::load_engine_module().make_lab({})) {
    LabOptions options;
    options.config = command.config;
    config_ = load_config(options);
    std::error_code failed;
    fs::create_directories(results_, failed);
    if (failed) throw Error(Code::io, fmt::format("{}: cannot be created: {}", results_.string(), failed.message()));
  }

  core::Measured run(const Job& job) {
    const nlohmann::json config = merged_config(*job.row, config_);
    const fs::path file = results_ / result_name(job, config, command_.seeds, command_);
    nlohmann::json result = earlier_result(file);
    if (result.is_null()) {
      result = evaluate(job, config);
      write_text(file, result.dump(1) + "\n");
    }
    const nlohmann::json& accuracy = result.at("accuracy");
    return {100 * accuracy.at("mean").get<double>(), 100 * accuracy.at("sd").get<double>(), command_.seeds};
  }

 private:
  nlohmann::json evaluate(const Job& job, const nlohmann::json& config) {
    core::EvaluateOptions options;
    options.method = job.row->method;
    options.backbone = job.row->backbone;
    options.protocol = job.row->protocol;
    options.seeds = command_.seeds;
    options.config = config;
    lab_->check(options);
    const auto with_name = [&](const core::Progress& step) {
      core::Progress named = step;
      named.stage = fmt::format("{} {}, {}: {}", job.column.dataset, job.column.title, job.row->name, step.stage);
      progress_(named);
    };
    const core::LabData& data = data_of(job);
    return lab_->evaluate(data, options, with_name, stop_);
  }

  /// The problem of a column, read once while its systems are run.
  const core::LabData& data_of(const Job& job) {
    const std::string key = job.dataset.string() + "|" + job.column.split;
    if (key != loaded_) {
      data_ = core::load_lab_data(job.dataset, job.column.split, {}, to_paths(command_.texts), progress_, stop_);
      loaded_ = key;
    }
    return data_;
  }

  const TableCommand& command_;
  const core::ProgressFn& progress_;
  std::stop_token stop_;
  fs::path results_;
  std::unique_ptr<core::Lab> lab_;
  nlohmann::json config_;
  std::string loaded_;
  core::LabData data_;
};

bool wanted(const TableCommand& command, const core::PaperTable& table) {
  return command.tables.empty() || std::ranges::find(command.tables, table.number) != command.tables.end();
}

bool wanted(const TableCommand& command, const core::PaperRow& row) {
  return command.methods.empty() || std::ranges::find(command.methods, row.method) != command.methods.end();
}

/// Refuses a method that no system of the tables has: the figures would silently be missing.
void check_methods(const TableCommand& command, const core::PaperTables& paper) {
  std::set<std::string> known;
  for (const core::PaperTable& table : paper.tables) {
    for (const core::PaperRow& row : table.rows) known.insert(row.method);
  }
  for (const std::string& method : command.methods) {
    if (known.contains(method)) continue;
    throw Error(Code::bad_argument,
                fmt::format("table: no method '{}' in the tables; known: {}", method, fmt::join(known, ", ")));
  }
}

struct Failure {
  std::string cell, why;
};

core::MeasuredCells measure(const TableCommand& command, const core::PaperTable& table,
                            const std::vector<Present>& present, Runner& runner, std::vector<Failure>& failures) {
  core::MeasuredCells cells(table.rows.size(), std::vector<std::optional<core::Measured>>(table.columns.size()));
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const auto dataset = std::ranges::find(present, table.columns[c].dataset, &Present::name);
    if (dataset == present.end()) continue;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      if (!wanted(command, table.rows[r])) continue;
      try {
        cells[r][c] = runner.run({&table.rows[r], table.columns[c], dataset->folder});
      } catch (const Error& error) {
        if (error.code() == Code::cancelled) throw;
        failures.push_back(
            {fmt::format("table {}, {}, {}", table.number, table.rows[r].name, core::column_key(table.columns[c])),
             error.what()});
      }
    }
  }
  return cells;
}

int table(const TableCommand& command, const std::stop_token& stop) {
  prepare_output(command.out);
  const core::PaperTables paper = core::bundled_paper_tables();
  check_methods(command, paper);
  std::vector<Failure> failures;
  std::string markdown = fmt::format("# Tables of PURLS, measured here\n\nPublished figures: {}.\n", paper.source);
  std::string html = fmt::format("<p>Published figures: {}.</p>\n", paper.source);
  Json numbers = Json::array();
  {
    ProgressPrinter printer;
    const core::ProgressFn progress = printer.callback();
    const std::vector<Present> present = find_datasets(command.datasets, stop);
    Runner runner(command, progress, stop);
    for (const core::PaperTable& table : paper.tables) {
      if (!wanted(command, table)) continue;
      const core::MeasuredCells cells = measure(command, table, present, runner, failures);
      markdown += "\n" + core::to_markdown(table, cells);
      html += core::to_html(table, cells);
      numbers.push_back(table.number);
    }
  }
  const bool as_html = fs::path(command.out).extension() == ".html";
  write_text(command.out, as_html ? core::html_page("Tables of PURLS, measured here", html) : markdown);
  Json problems = Json::array();
  for (const Failure& failure : failures) {
    fmt::print(stderr, "{}: {}\n", failure.cell, failure.why);
    problems.push_back({{"cell", failure.cell}, {"error", failure.why}});
  }
  print_line({{"out", command.out}, {"tables", numbers}, {"problems", problems}});
  return failures.empty() ? kDone : kFailed;
}

}  // namespace

Run define_table(CLI::App& app) {
  auto command = std::make_shared<TableCommand>();
  app.add_option("--dataset", command->datasets, "folders of data sets")->required();
  app.add_option("--out", command->out, "file to write: .md, or .html for a page")->required();
  app.add_option("--tables", command->tables, "numbers of the tables, 3 to 6; all without it")
      ->check(CLI::IsMember({3, 4, 5, 6}));
  app.add_option("--methods", command->methods, "methods to run; all without it");
  app.add_option("--texts", command->texts, "tables of descriptions");
  app.add_option("--config", command->config, "JSON file with options of PURLS and Global");
  app.add_option("--results", command->results, "folder of finished evaluations, which are not run again");
  app.add_option("--seeds", command->seeds, "runs of each system, with seeds 0 to N-1")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  return [command](const Call& call) { return table(*command, call.stop); };
}

}  // namespace purlscope::app::cli
