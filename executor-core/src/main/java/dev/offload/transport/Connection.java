package dev.offload.transport;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.ByMemory;
import dev.offload.protocol.Message.BySocket;
import dev.offload.protocol.Message.Nudge;
import dev.offload.protocol.Message.Share;
import dev.offload.protocol.Message.Shared;
import dev.offload.protocol.MessageWriter;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.Payload;

/**
 * One connection that carries whole messages. Any thread may send; one thread receives.
 * An interrupt of a thread that sends or receives never harms the connection: a sender
 * keeps its interrupt flag, a receiver loses it.
 * <p>
 * It has up to three lanes: a socket always, pipes for messages that fit into one piece,
 * and memory that both sides have for longer ones. With pipes, each message comes through
 * them or is announced there, so that messages keep their order.
 */
public final class Connection implements Closeable {

	private final SocketLane socket;

	/** Null without pipes. Written once, before others use the connection. */
	private volatile @Nullable PipeLane pipes;

	private final Sharing sharing;

	/** Guards the writing ends of all lanes, and {@link #interrupted}. */
	private final ReentrantLock sending = new ReentrantLock();

	/** Whether the thread that sends was interrupted meanwhile. */
	private boolean interrupted;

	/** Where the message that is coming comes from. Owned by the receiving thread. */
	private Inflow source;

	/** Whether it was announced elsewhere. Owned by the receiving thread. */
	private boolean announced;

	/** Owned by the receiving thread. */
	private final Incoming incoming = new Incoming();

	/** What was wrong, and stays so. Owned by the receiving thread. */
	private @Nullable ProtocolException failure;

	/** Held by each thread that sends, receives or wakes. */
	private final Lease lease = new Lease(this::release);

	private volatile boolean closed;

	/**
	 * Wraps a connected channel.
	 * @param channel the channel, owned by this connection from now on
	 * @throws IOException if it cannot be prepared; it is closed then
	 */
	public Connection(SocketChannel channel) throws IOException {
		this.socket = new SocketLane(channel);
		this.source = this.socket;
		this.sharing = new Sharing(() -> this.closed);
	}

	/**
	 * Has this connection wait in its channel from now on, with one call of the system
	 * for each message that comes. Only before it is used by threads that no interrupt
	 * can reach while they send or receive: it would close the channel.
	 * @throws IOException if that fails
	 */
	public void waitInChannel() throws IOException {
		this.socket.waitInChannel();
	}

	/**
	 * Goes on in pipes: both sides do so after the same message. Only before others use
	 * the connection.
	 * @param lane the ends of this side, owned by this connection from now on
	 * @throws IOException if this connection is closed
	 */
	public void usePipes(PipeLane lane) throws IOException {
		if (!this.lease.enter()) {
			lane.close();
			throw new ClosedChannelException();
		}
		this.pipes = lane;
		this.source = lane;
		if (this.closed) {
			lane.end();
		}
		this.lease.leave();
	}

	/**
	 * Offers memory to the other side when there is a long message.
	 * @param place where to make it then
	 */
	public void offerMemory(MemoryPlace place) {
		this.sharing.offerAt(place);
	}

	/**
	 * Accepts the memory that the other side offers.
	 */
	public void acceptMemory() {
		this.sharing.accept();
	}

	SocketChannel channel() {
		return this.socket.channel();
	}

	private void enter() throws ClosedChannelException {
		if (!this.lease.enter()) {
			throw new ClosedChannelException();
		}
	}

	/**
	 * Sends a message, all of it.
	 * @param message the message
	 * @throws UnsentException if not one byte was written
	 * @throws IOException if some of it may have been written
	 */
	public void send(Message message) throws IOException {
		if (!this.lease.enter()) {
			throw new UnsentException(new ClosedChannelException());
		}
		this.sending.lock();
		try {
			write(message);
		}
		catch (InternalError ex) {
			throw memoryLost(ex);
		}
		finally {
			endSending();
		}
	}

	/**
	 * Sends a message, all of it, unless the other side reads so little that nothing of
	 * it could be written at once. For short messages on a connection without pipes, it
	 * does not wait.
	 * @param message the message
	 * @return {@code false} if not one byte was written
	 * @throws IOException if some of it may have been written
	 */
	public boolean offer(Message message) throws IOException {
		enter();
		this.sending.lock();
		try {
			Remainder rest = fillSocket(message, MessageWriter.prefix(message), MessageWriter.body(message));
			if (!this.socket.offer()) {
				return false;
			}
			flush(rest);
			return true;
		}
		finally {
			endSending();
		}
	}

	// The other side has cut the shared file off. The JVM tells it late.
	private ProtocolException memoryLost(InternalError failure) {
		if (!this.sharing.isOn()) {
			throw failure;
		}
		close();
		ProtocolException lost = new ProtocolException("The memory that both sides share is gone: " + failure);
		lost.initCause(failure);
		return lost;
	}

	private void endSending() {
		boolean interrupted = this.interrupted;
		this.interrupted = false;
		this.sending.unlock();
		this.lease.leave();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void write(Message message) throws IOException {
		byte[] prefix = MessageWriter.prefix(message);
		Payload body = MessageWriter.body(message);
		boolean isLong = Frame.HEADER_BYTES + prefix.length + body.size() > PipeLane.MAX_BYTES;
		Share offer = this.sharing.offer(isLong);
		if (offer != null) {
			write(offer);
		}
		PipeLane pipe = this.pipes;
		MemoryLane memory = isLong ? this.sharing.toWrite() : null;
		if (memory != null) {
			writeToMemory(memory, message, prefix, body);
		}
		else if (pipe != null && !isLong) {
			writeToPipe(pipe, message, prefix, body);
		}
		else {
			if (pipe != null) {
				write(new BySocket());
			}
			Remainder rest = fillSocket(message, prefix, body);
			flushFirst();
			flush(rest);
		}
	}

	private void writeToPipe(PipeLane pipe, Message message, byte[] prefix, Payload body) throws IOException {
		fill(pipe.out(), message, prefix, body);
		try {
			pipe.write();
		}
		catch (IOException ex) {
			throw new UnsentException(ex);
		}
	}

	// It is announced when some of it is there: the other side takes as long to wake up
	// as this one to write more.
	private void writeToMemory(MemoryLane memory, Message message, byte[] prefix, Payload body) throws IOException {
		RingPlace place = memory.begin();
		ByteBuffer head = this.socket.out().clear();
		Remainder rest = fill(head, message, prefix, body);
		memory.write(head.flip());
		if (!rest.isEmpty()) {
			memory.writeSome(rest);
		}
		write(new ByMemory(place.number()));
		while (!rest.isEmpty()) {
			memory.writeSome(rest);
		}
	}

	private Remainder fillSocket(Message message, byte[] prefix, Payload body) {
		ByteBuffer out = this.socket.out();
		Remainder rest = fill(out.clear(), message, prefix, body);
		out.flip();
		return rest;
	}

	private static Remainder fill(ByteBuffer out, Message message, byte[] prefix, Payload body) {
		MessageWriter.writeHeader(message, prefix.length + body.length(), out);
		out.put(prefix);
		Remainder rest = new Remainder(body);
		rest.fill(out);
		return rest;
	}

	private void flushFirst() throws IOException {
		ByteBuffer out = this.socket.out();
		int size = out.remaining();
		try {
			this.interrupted |= this.socket.flush();
		}
		catch (IOException ex) {
			throw (out.remaining() == size) ? new UnsentException(ex) : ex;
		}
	}

	private void flush(Remainder rest) throws IOException {
		this.interrupted |= this.socket.flush();
		while (!rest.isEmpty()) {
			ByteBuffer out = this.socket.out().clear();
			rest.fill(out);
			out.flip();
			this.interrupted |= this.socket.flush();
		}
	}

	/**
	 * Waits for the next message.
	 * @param maxBody the longest body admitted, with its attachments
	 * @return the message
	 * @throws EOFException if the other side is gone
	 * @throws IOException if the bytes are wrong or the connection fails or is closed
	 */
	public Message receive(long maxBody) throws IOException {
		if (!this.lease.enter()) {
			requireRight();
			throw new ClosedChannelException();
		}
		try {
			return Objects.requireNonNull(next(maxBody, null));
		}
		catch (InternalError ex) {
			throw memoryLost(ex);
		}
		finally {
			this.lease.leave();
		}
	}

	/**
	 * Waits for the next message while there is nothing else to see to. Whoever goes on
	 * with {@link #receive} misses nothing of what this did not give.
	 * @param maxBody the longest body admitted
	 * @param enough whether there is nothing to wait for any more; asked whenever this
	 * thread is {@linkplain #wakeReceiver woken}
	 * @return the message, {@code null} if this thread was interrupted, which stays set,
	 * or if there is enough, or if what comes is wrong, or the end
	 */
	public @Nullable Message receiveUnlessWoken(long maxBody, BooleanSupplier enough) {
		if (!this.lease.enter()) {
			return null;
		}
		try {
			return next(maxBody, enough);
		}
		catch (ProtocolException ex) {
			this.failure = ex;
			return null;
		}
		catch (IOException | ClosedSelectorException ex) {
			// receive fails just so
			return null;
		}
		catch (InternalError ex) {
			this.failure = memoryLost(ex);
			return null;
		}
		finally {
			this.lease.leave();
		}
	}

	// Null only if there is enough, or this thread was interrupted and minds it.
	private @Nullable Message next(long maxBody, @Nullable BooleanSupplier enough) throws IOException {
		requireRight();
		while (enough == null || !enough.getAsBoolean()) {
			Message message = this.incoming.take(this.source.bytes(), maxBody);
			if (message == null) {
				if (!awaitMore(enough)) {
					return null;
				}
			}
			else if (isForReceiver(message)) {
				return message;
			}
		}
		return null;
	}

	private void requireRight() throws ProtocolException {
		if (this.failure != null) {
			throw this.failure;
		}
	}

	private boolean awaitMore(@Nullable BooleanSupplier enough) throws IOException {
		Inflow from = this.source;
		int count = from.await(this.incoming.isBegun() || this.announced, enough);
		if (count < 0) {
			throw new EOFException("The other side closed the connection");
		}
		return enough == null || (count > 0 && !Thread.currentThread().isInterrupted());
	}

	private Inflow home() {
		PipeLane pipe = this.pipes;
		return (pipe != null) ? pipe : this.socket;
	}

	// False for what is said between the two connections only, which is seen to.
	private boolean isForReceiver(Message message) throws IOException {
		Inflow from = this.source;
		from.taken();
		from(home(), false);
		try {
			return !isOwn(message);
		}
		catch (ProtocolException ex) {
			this.failure = ex;
			throw ex;
		}
	}

	private void from(Inflow next, boolean isAnnounced) {
		this.source = next;
		this.announced = isAnnounced;
	}

	private boolean isOwn(Message message) throws IOException {
		if (message instanceof ByMemory memory) {
			RingIn ring = this.sharing.toRead().in();
			ring.begin(RingPlace.of(memory.place()));
			from(ring, true);
		}
		else if (message instanceof BySocket) {
			from(this.socket, true);
		}
		else if (message instanceof Share share) {
			send(this.sharing.accepted(share));
		}
		else if (message instanceof Shared shared) {
			this.sharing.answered(shared);
		}
		else if (!(message instanceof Nudge)) {
			if (this.sharing.isToOffer() && MessageWriter.body(message).size() > PipeLane.MAX_BYTES) {
				this.sharing.longCame();
			}
			return false;
		}
		return true;
	}

	/**
	 * Has a thread look up that {@linkplain #receiveUnlessWoken waits} for a message and
	 * see that there is enough. Any thread may call it.
	 */
	public void wakeReceiver() {
		this.socket.wake();
		PipeLane pipe = this.pipes;
		if (pipe != null && this.lease.enter()) {
			pipe.wake();
			this.lease.leave();
		}
	}

	/**
	 * Closes the connection; threads that send or receive get an exception. Does nothing
	 * when called again.
	 */
	@Override
	public void close() {
		this.closed = true;
		boolean entered = this.lease.enter();
		this.lease.close();
		this.socket.close();
		PipeLane pipe = this.pipes;
		if (pipe != null) {
			pipe.end();
		}
		if (entered) {
			this.lease.leave();
		}
	}

	private void release() {
		PipeLane pipe = this.pipes;
		if (pipe != null) {
			pipe.close();
		}
		this.sharing.close();
	}

}
