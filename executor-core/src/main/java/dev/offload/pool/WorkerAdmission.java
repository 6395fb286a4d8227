package dev.offload.pool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;

import dev.offload.protocol.Message.Hello;

/**
 * Which connections are those of one worker: its token admits one for control, one for
 * its log and one for each slot, each once. Safe for use by many threads.
 */
final class WorkerAdmission {

	private final byte[] token;

	private final int slotCount;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock: which connections have come. */
	private final BitSet connected = new BitSet();

	WorkerAdmission(String token, int slotCount) {
		this.token = token.getBytes(StandardCharsets.US_ASCII);
		this.slotCount = slotCount;
	}

	String token() {
		return new String(this.token, StandardCharsets.US_ASCII);
	}

	/**
	 * Takes a connection that names itself as this worker's.
	 * @param hello how it names itself
	 * @return {@code false} if the token is another's or that connection has come before
	 */
	boolean admit(Hello hello) {
		if (!MessageDigest.isEqual(this.token, hello.token().getBytes(StandardCharsets.US_ASCII))) {
			return false;
		}
		this.lock.lock();
		try {
			int index = hello.connection() - Hello.LOG;
			boolean known = hello.connection() >= Hello.LOG && hello.connection() <= this.slotCount
					&& !this.connected.get(index);
			if (known) {
				this.connected.set(index);
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

}
