package dev.offload.contract;

import java.util.concurrent.CompletableFuture;

import dev.offload.TaskHandle;

/**
 * An interface to wrap.
 */
public interface Calculator {

	int square(int value);

	CompletableFuture<Integer> squareLater(int value);

	TaskHandle<Integer> squareHandled(int value);

	String greet(String name, String... greetings);

}
