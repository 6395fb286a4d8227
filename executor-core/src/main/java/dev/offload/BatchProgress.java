package dev.offload;

/**
 * How far a batch has come.
 *
 * @param total how many items there are, -1 as long as that is not known: the source is
 * no collection and was not read to its end
 * @param succeeded how many items have a result
 * @param failed how many items have a failure
 */
public record BatchProgress(long total, long succeeded, long failed) {

	/**
	 * How many items have ended, well or not.
	 * @return the number
	 */
	public long done() {
		return this.succeeded + this.failed;
	}

}
