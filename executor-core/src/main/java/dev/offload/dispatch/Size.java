package dev.offload.dispatch;

/**
 * How many workers an executor may have now. Safe for use by many threads.
 */
final class Size {

	private volatile int maxWorkers;

	Size(int maxWorkers) {
		this.maxWorkers = maxWorkers;
	}

	int maxWorkers() {
		return this.maxWorkers;
	}

	void change(int value) {
		this.maxWorkers = value;
	}

}
