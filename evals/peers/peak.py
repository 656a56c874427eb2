"""Runs a program and prints the most memory it held, in KiB; for systems without GNU time.

usage: peak.py PROGRAM ARGUMENT...
"""
import resource
import subprocess
import sys

subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(peak // 1024 if sys.platform == 'darwin' else peak)
