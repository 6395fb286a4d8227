package dev.offload.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.protocol.Message.Share;
import dev.offload.protocol.Message.Shared;
import dev.offload.protocol.ProtocolException;

/**
 * How the two sides of a connection come to memory that both have. The service makes it
 * with the first long message and names the file to the worker, which says whether it has
 * it; until then long messages come through the socket. A service never opens what a
 * worker names.
 */
final class Sharing implements Closeable {

	private final BooleanSupplier closed;

	/** Where to make it; null for the side that is told, and where none is to be. */
	private volatile @Nullable MemoryPlace place;

	/** Whether the other side may name a file. */
	private volatile boolean accepting;

	/** A long message has come, so that more of them may. */
	private volatile boolean longSeen;

	/**
	 * Written by who sends, with its lock, or by who receives on the side that is told.
	 */
	private volatile @Nullable MemoryLane lane;

	/** Both sides have it. Written by who receives. */
	private volatile boolean agreed;

	Sharing(BooleanSupplier closed) {
		this.closed = closed;
	}

	void offerAt(MemoryPlace where) {
		this.place = where;
	}

	void accept() {
		this.accepting = true;
	}

	/**
	 * Makes the memory if it is time to. Only for the sender that has the lock.
	 * @param longer whether it has a long message
	 * @return what is to be said to the other side first, {@code null} for nothing
	 */
	@Nullable Share offer(boolean longer) {
		MemoryPlace where = this.place;
		if (where == null || this.lane != null || !(longer || this.longSeen)) {
			return null;
		}
		boolean interrupted = Thread.interrupted();
		try {
			Path file = where.file();
			this.lane = MemoryLane.ofMade(SharedFile.make(file), this.closed);
			this.place = null;
			return new Share(file.toString());
		}
		catch (ClosedByInterruptException ex) {
			// the next one tries again
			interrupted = true;
			Thread.interrupted();
			return null;
		}
		catch (IOException ex) {
			Log.logger.debug("No memory to share can be made, so that pipes and the socket carry all", ex);
			this.place = null;
			return null;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	// Takes note that a long message has come.
	void longCame() {
		this.longSeen = true;
	}

	boolean isToOffer() {
		return this.place != null;
	}

	// The answer to what the other side has made.
	Shared accepted(Share share) throws ProtocolException {
		if (!this.accepting || this.lane != null) {
			throw new ProtocolException("A file is named to a side that wants none");
		}
		try {
			this.lane = MemoryLane.ofOpened(SharedFile.open(Path.of(share.file())), this.closed);
			this.agreed = true;
		}
		catch (IOException ex) {
			Log.logger.debug("{} cannot be shared, so that the socket carries all", share.file(), ex);
		}
		return new Shared(this.agreed);
	}

	void answered(Shared answer) throws ProtocolException {
		MemoryLane made = this.lane;
		if (made == null || this.agreed || this.accepting) {
			throw new ProtocolException("An answer to no offer of memory");
		}
		made.removeName();
		this.agreed = answer.done();
		if (!answer.done()) {
			this.lane = null;
			made.close();
		}
	}

	boolean isOn() {
		return this.lane != null;
	}

	// For messages to the other side, null if it does not have it.
	@Nullable MemoryLane toWrite() {
		return this.agreed ? this.lane : null;
	}

	// For messages that the other side has announced.
	MemoryLane toRead() throws ProtocolException {
		MemoryLane known = this.lane;
		if (known == null) {
			throw new ProtocolException("A message in memory that is not there");
		}
		return known;
	}

	// When no thread uses the memory any more.
	@Override
	public void close() {
		MemoryLane known = this.lane;
		if (known != null && !this.accepting) {
			known.close();
		}
	}

	/**
	 * Apart, for a worker maps memory before its logging has to be there.
	 */
	private static final class Log {

		private static final Logger logger = LoggerFactory.getLogger(Sharing.class);

	}

}
