package dev.offload.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the document service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SampleApplication {

	public static void main(String[] args) {
		// The service's database is for its workers on this machine, and for nobody else.
		System.setProperty("h2.bindAddress", "127.0.0.1");
		SpringApplication.run(SampleApplication.class, args);
	}

}
