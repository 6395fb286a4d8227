@NullMarked
package dev.offload.benchmarks;

import org.jspecify.annotations.NullMarked;
