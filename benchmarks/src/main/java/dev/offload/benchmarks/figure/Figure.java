package dev.offload.benchmarks.figure;

import java.io.Serializable;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was measured.
 *
 * @param row the row that measured it
 * @param what what was measured, unique in its row
 * @param value the number
 * @param unit in what it is counted
 * @param comparison what it is compared with, or {@code null}
 * @param goal what is wanted of it, or {@code null}
 * @param spread how far the rounds lie apart, of the ratio if it is compared with
 * something, or {@code null} if it was not measured in rounds
 */
public record Figure(String row, String what, double value, Unit unit, @Nullable Comparison comparison,
		@Nullable Goal goal, @Nullable Spread spread) implements Serializable {

	public Figure {
		Objects.requireNonNull(row, "row");
		Objects.requireNonNull(what, "what");
		Objects.requireNonNull(unit, "unit");
		if (goal != null && goal.of() == Goal.Of.RATIO && comparison == null) {
			throw new IllegalArgumentException("'" + what + "' has a goal for its ratio, and is compared with nothing");
		}
	}

	/**
	 * Whether it is what is wanted.
	 * @return {@code null} if nothing is wanted
	 */
	public @Nullable Verdict verdict() {
		if (this.goal == null) {
			return null;
		}
		return this.goal.verdict(
				(this.goal.of() == Goal.Of.RATIO && this.comparison != null) ? this.comparison.ratio() : this.value,
				this.spread);
	}

	/**
	 * Writes a number with three digits that count, or whole if it is large.
	 * @param value the number
	 * @return the number
	 */
	public static String number(double value) {
		return Unit.number(value);
	}

	/**
	 * The ratio in words.
	 * @return the ratio, empty if there is none
	 */
	public String ratioText() {
		return (this.comparison == null) ? "" : Unit.number(this.comparison.ratio()) + " x";
	}

	String comparisonText() {
		return (this.comparison == null) ? "" : this.comparison.with() + " " + this.unit.text(this.comparison.value());
	}

	/**
	 * The goal in words.
	 * @return the goal, empty if there is none
	 */
	public String goalText() {
		return (this.goal == null) ? "" : this.goal.text(this.unit);
	}

	/**
	 * The spread in words.
	 * @return the quartiles, empty if there are none
	 */
	public String spreadText() {
		return (this.spread == null) ? "" : this.spread.text();
	}

	String verdictText() {
		Verdict verdict = verdict();
		if (verdict == null) {
			return "";
		}
		return (verdict == Verdict.MISSED) ? "MISSED" : verdict.text();
	}

}
