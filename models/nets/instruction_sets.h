#pragma once

/// Before a function: it is compiled for each of these instruction sets, and the loader takes the processor's best.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define PURLSCOPE_FOR_EACH_INSTRUCTION_SET __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define PURLSCOPE_FOR_EACH_INSTRUCTION_SET
#endif
