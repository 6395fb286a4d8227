package dev.offload.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/**
 * Waits until a channel can be read or written, whatever interrupts the waiting thread. A
 * blocking operation on the channel itself would close it on an interrupt. Used by one
 * thread at a time; closing is safe from any thread.
 */
final class Readiness implements Closeable {

	/** No lambda, for a worker waits on one while it starts. */
	private static final Consumer<SelectionKey> NOTHING = new Consumer<>() {

		@Override
		public void accept(SelectionKey key) {
		}

	};

	private final Selector selector;

	Readiness(SocketChannel channel, int operation) throws IOException {
		this.selector = Selector.open();
		try {
			channel.register(this.selector, operation);
		}
		catch (IOException ex) {
			this.selector.close();
			throw ex;
		}
	}

	/**
	 * Waits until the channel is ready or the connection is closed.
	 * @return whether the thread was interrupted meanwhile; its flag is cleared
	 * @throws IOException if waiting fails
	 */
	boolean await() throws IOException {
		boolean interrupted = Thread.interrupted();
		boolean waited = false;
		try {
			this.selector.select(NOTHING);
			waited = true;
			return Thread.interrupted() || interrupted;
		}
		finally {
			if (!waited && interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	// Waits as well until the thread is interrupted; returns whether it is, which stays.
	boolean awaitInterruptibly() throws IOException {
		this.selector.select(NOTHING);
		return Thread.currentThread().isInterrupted();
	}

	// The wait that is on, or else the next one, ends at once. Any thread may call it.
	void wake() {
		this.selector.wakeup();
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
	}

}
