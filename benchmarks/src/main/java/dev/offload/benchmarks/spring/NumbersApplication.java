package dev.offload.benchmarks.spring;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application with one bean.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class NumbersApplication {

	@Bean
	Numbers numbers() {
		return new Numbers();
	}

}
