package dev.offload.benchmarks.figure;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a figure.
 *
 * @param of what the limit is for
 * @param direction on which side of the limit the figure is to be
 * @param limit the limit
 */
public record Goal(Of of, Direction direction, double limit) implements Serializable {

	/**
	 * A limit for the ratio.
	 * @param limit the most
	 * @return the goal
	 */
	public static Goal ratioAtMost(double limit) {
		return new Goal(Of.RATIO, Direction.AT_MOST, limit);
	}

	/**
	 * A limit for the ratio.
	 * @param limit the least
	 * @return the goal
	 */
	public static Goal ratioAtLeast(double limit) {
		return new Goal(Of.RATIO, Direction.AT_LEAST, limit);
	}

	/**
	 * A limit for the value.
	 * @param limit the most
	 * @return the goal
	 */
	public static Goal atMost(double limit) {
		return new Goal(Of.VALUE, Direction.AT_MOST, limit);
	}

	/**
	 * A limit for the value.
	 * @param limit the least
	 * @return the goal
	 */
	public static Goal atLeast(double limit) {
		return new Goal(Of.VALUE, Direction.AT_LEAST, limit);
	}

	// With rounds that lie further apart than the limit is large, only what is met or
	// missed by most of them is certain.
	Verdict verdict(double number, @Nullable Spread spread) {
		if (spread != null && spread.width() > this.limit && met(spread.low()) != met(spread.high())) {
			return Verdict.NOT_TOLD;
		}
		return met(number) ? Verdict.MET : Verdict.MISSED;
	}

	private boolean met(double number) {
		return (this.direction == Direction.AT_MOST) ? number <= this.limit : number >= this.limit;
	}

	String text(Unit unit) {
		String sign = (this.direction == Direction.AT_MOST) ? "<= " : ">= ";
		return sign + ((this.of == Of.RATIO) ? Unit.number(this.limit) + " x" : unit.text(this.limit));
	}

	/**
	 * What a limit is for.
	 */
	public enum Of {

		/** The value of a figure. */
		VALUE,

		/** The ratio to what it is compared with. */
		RATIO

	}

	/**
	 * On which side of the limit a figure is to be.
	 */
	public enum Direction {

		/** Below it. */
		AT_MOST,

		/** Above it. */
		AT_LEAST

	}

}
