package dev.offload.launched;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

import dev.offload.spring.OffloadTo;

/**
 * Greets, with a word from the application's configuration.
 */
@Service
public class Greeter {

	private final String word;

	Greeter(@Value("${launched.word}") String word) {
		this.word = word;
	}

	/**
	 * Greets somebody.
	 * @param name the name
	 * @return the greeting
	 */
	@OffloadTo("greet")
	public Greeting greet(Name name) {
		return new Greeting(this.word + " " + name.text(), ProcessHandle.current().pid());
	}

}
