/**
 * Figures as files: JSON, tables and charts.
 */
@NullMarked
package dev.offload.benchmarks.report;

import org.jspecify.annotations.NullMarked;
