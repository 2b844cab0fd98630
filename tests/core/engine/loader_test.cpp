#include "core/engine/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(EngineLoader, OpensAModuleOnceAndMakesEngines) {
  EngineModule& module = load_engine_module(PURLSCOPE_FAKE_MODULE);
  EXPECT_EQ(&module, &load_engine_module(PURLSCOPE_FAKE_MODULE));
  EXPECT_EQ(module.make_engine({})->describe().model, "mock");
}

TEST(EngineLoader, ErrorsOfTheLibraryKeepTheirType) {
  EngineOptions options;
  options.model = "gone.safetensors";
  EXPECT_THAT([&] { load_engine_module(PURLSCOPE_FAKE_MODULE).make_engine(options); },
              ThrowsError(Code::not_found, HasSubstr("gone.safetensors")));
}

TEST(EngineLoader, NamesALibraryThatDoesNotExist) {
  EXPECT_THAT([] { load_engine_module("no/such/libengine.so"); },
              ThrowsError(Code::not_found, HasSubstr("no/such/libengine.so")));
}

TEST(EngineLoader, GivesTheLoadersReasonForAFileThatIsNoLibrary) {
  const auto file = std::filesystem::path(::testing::TempDir()) / "libnoise.so";
  std::ofstream(file) << "this is not an ELF file";
  EXPECT_THAT([&] { load_engine_module(file); },
              ThrowsError(Code::not_found, AllOf(HasSubstr("libnoise.so"), HasSubstr("cannot be loaded"))));
}

TEST(EngineLoader, RefusesALibraryWithoutTheEntryPoint) {
  EXPECT_THAT([] { load_engine_module(PURLSCOPE_FAKE_MODULE_WITHOUT_ENTRY); },
              ThrowsError(Code::not_found, HasSubstr(kEngineEntry)));
}

TEST(EngineLoader, RefusesALibraryOfAnotherInterfaceVersion) {
  EXPECT_THAT([] { load_engine_module(PURLSCOPE_FAKE_MODULE_OF_OTHER_ABI); },
              ThrowsError(Code::unsupported, HasSubstr("engine interface")));
}

}  // namespace
}  // namespace purlscope::core
