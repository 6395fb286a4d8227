package dev.offload.worker;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import dev.offload.protocol.Message;
import dev.offload.transport.Connection;
import dev.offload.transport.NamedPipes;
import dev.offload.transport.PipeLane;
import dev.offload.transport.WorkerEndpoint;

/**
 * Who a worker is, and how it names itself on each of its connections.
 *
 * @param executor the name of its executor
 * @param number its number in the executor
 * @param token its secret
 * @param socket the socket of its service
 * @param fingerprint what it says of its classes
 */
record WorkerIdentity(String executor, int number, String token, Path socket, String fingerprint) {

	Connection connect(int connection) throws IOException {
		return connect(connection, false);
	}

	private Connection connect(int connection, boolean pipes) throws IOException {
		Connection made = WorkerEndpoint.connect(this.socket);
		made.send(new Message.Hello(this.token, connection, ProcessHandle.current().pid(), this.fingerprint, pipes));
		return made;
	}

	/**
	 * Connects a slot, by its pipes if they can be opened: the directory may not be there
	 * for this process.
	 * @param slot the number of the slot, from 1
	 * @param pipes the directory of the pipes, empty for none
	 * @return the connection
	 * @throws IOException if the service cannot be reached
	 */
	Connection connectSlot(int slot, String pipes) throws IOException {
		PipeLane lane = pipes.isEmpty() ? null : open(slot, pipes);
		Connection made = connect(slot, lane != null);
		made.acceptMemory();
		if (lane != null) {
			made.usePipes(lane);
		}
		return made;
	}

	private @Nullable PipeLane open(int slot, String pipes) {
		try {
			return NamedPipes.openInWorker(Path.of(pipes), slot);
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public String toString() {
		return "worker " + this.number + " of executor '" + this.executor + "'";
	}

}
