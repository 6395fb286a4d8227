package dev.offload.worker;

import java.io.IOException;
import java.nio.file.Path;

import dev.offload.protocol.Message;
import dev.offload.transport.Connection;
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
		Connection made = WorkerEndpoint.connect(this.socket);
		made.send(new Message.Hello(this.token, connection, ProcessHandle.current().pid(), this.fingerprint));
		return made;
	}

	@Override
	public String toString() {
		return "worker " + this.number + " of executor '" + this.executor + "'";
	}

}
