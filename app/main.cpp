#include "app/cli/cli.h"
#include "app/studio/studio.h"

int main(int argc, char** argv) {
  if (argc > 1 && purlscope::app::is_cli_command(argv[1])) return purlscope::app::run_cli(argc, argv);
  return purlscope::app::run_studio(argc, argv);
}
