// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/cleanvectors.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace decode {

#if defined(__x86_64__)
namespace {
__attribute__((target("avx"))) void zeroUpperHalves()
{
    _mm256_zeroupper();
}
}
#endif

void cleanVectorRegisters()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx"))
        zeroUpperHalves();
#endif
}

} // namespace decode
