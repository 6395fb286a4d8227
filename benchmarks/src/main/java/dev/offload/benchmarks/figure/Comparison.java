package dev.offload.benchmarks.figure;

import java.io.Serializable;

/**
 * What a figure is compared with, in the same run.
 *
 * @param with its name
 * @param value its value
 * @param ratio how many times that the figure is; of medians that were measured in rounds
 * it is the median of the ratios of the rounds, not the ratio of the medians
 */
public record Comparison(String with, double value, double ratio) implements Serializable {

}
