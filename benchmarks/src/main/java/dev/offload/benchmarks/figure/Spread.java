package dev.offload.benchmarks.figure;

import java.io.Serializable;

/**
 * How far the rounds of a measurement lie apart: the half of them is between these.
 *
 * @param low the lower quartile
 * @param high the upper quartile
 */
public record Spread(double low, double high) implements Serializable {

	double width() {
		return this.high - this.low;
	}

	String text() {
		return Unit.number(this.low) + " to " + Unit.number(this.high);
	}

}
