package dev.offload.dispatch;

/**
 * A place without a process, which can be neither interrupted nor killed.
 */
abstract class StillSlot implements Slot {

	@Override
	public void interrupt(PendingTask task, StopReason reason) {
		// It does not listen.
	}

	@Override
	public void kill(PendingTask task, StopReason reason) {
		// It cannot be killed.
	}

	@Override
	public long pid() {
		return -1;
	}

}
