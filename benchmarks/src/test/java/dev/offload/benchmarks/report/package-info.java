@NullMarked
package dev.offload.benchmarks.report;

import org.jspecify.annotations.NullMarked;
