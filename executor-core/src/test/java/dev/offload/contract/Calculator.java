package dev.offload.contract;

import java.util.concurrent.CompletableFuture;

/**
 * An interface to wrap.
 */
public interface Calculator {

	int square(int value);

	CompletableFuture<Integer> squareLater(int value);

	String greet(String name, String... greetings);

}
