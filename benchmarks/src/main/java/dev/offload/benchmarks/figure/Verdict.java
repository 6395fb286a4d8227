package dev.offload.benchmarks.figure;

/**
 * What a figure says of its goal.
 */
public enum Verdict {

	/** It is reached. */
	MET("met"),

	/** It is not reached. */
	MISSED("missed"),

	/** The rounds lie further apart than the goal is large. */
	NOT_TOLD("not told");

	private final String text;

	Verdict(String text) {
		this.text = text;
	}

	/**
	 * The verdict in words.
	 * @return the words
	 */
	public String text() {
		return this.text;
	}

}
