"""The engine of several machines: jobs in the store's PostgreSQL database, worked at by any number of workers.

The queue is Procrastinate's, in a schema of its own. It holds nothing that the store does not know: a job that is lost
is put in again from the store's rows. What a job does is handed in (`JobHandlers`); here is how it is run.
"""
